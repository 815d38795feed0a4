import { type App, startApp } from '../../src/app';
import { parseConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { createProviders } from '../../src/providers/create-providers';
import { ANNA, sendList } from '../faults/send-list';
import { until } from '../setup/until';
import { createTinyProvider } from '../tiny/tiny-provider';
import { startTinySystem, type TinySystem } from '../tiny/tiny-system';

/** The real bot with the tiny provider: nothing but an account says that it is there. */
let system: TinySystem;
let bot: App;
beforeEach(async () => {
  system = await startTinySystem({ env: { DELIVERY_POLL_MS: '900000' } });
  const config = parseConfig(system.env);
  const providers = { ...createProviders(), tiny: createTinyProvider() };
  bot = await startApp(config, createLog(config.logLevel), { providers });
  await system.saveAccount();
});
afterEach(async () => {
  await bot.stop();
  await system.close();
});

const batch = () => system.db('sms_batch').first();

test('from the modal to the notice of completion: one answer is lost, a webhook proves it', async () => {
  const { slack, server, db } = system;
  server.script = ['taken', 'taken', 'taken_lost', 'refused'];
  const numbers = await sendList(system, { good: 40, bad: 2, duplicates: 3 });
  await until(batch, (one) => one?.status === 'submitted');
  expect(server.taken).toHaveLength(39);
  // Its record may have proved it before.
  await until(batch, (one) => one.sending_count + one.unknown_count === 39);

  await server.deliver();
  await until(batch, (one) => one.status === 'completed');
  expect(await batch()).toMatchObject({ success_count: 39, failed_count: 1, unknown_count: 0 });
  const notices = () =>
    slack
      .messages(slack.channel('marketing').id)
      .filter((one) => one.thread_ts !== undefined && one.thread_ts !== one.ts);
  await slack.waitFor(() => notices().length > 0, { timeoutMs: 60_000 });
  expect(notices()).toHaveLength(1);

  expect(numbers.filter((number) => server.timesTaken(number) > 1)).toEqual([]);
  expect(await db('sms_batch_buka_detail')).toEqual([]);
  expect(await db('sms_batch_recipient').distinct('channel').pluck('channel')).toEqual(['tiny']);
  expect(system.buka.calls().sendSms).toBeUndefined();
});

test('the balance of the tiny account is shown in Slack', async () => {
  const { slack } = system;
  const channel = slack.channel('general').id;
  const anna = slack.as(ANNA);
  await anna.command('/sms balance', channel);
  await slack.waitFor(() => JSON.stringify(anna.sees(channel)).includes('12.50'), { timeoutMs: 30_000 });
});
