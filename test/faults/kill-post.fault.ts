import type { SlackMessage } from '@bulk-sms/playground/slack/workspace/shapes';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { isSubmitted, onlyBatch } from './expect-promise-kept';
import { testWhenFull } from './run-size';
import { sendList } from './send-list';
import { type Bot, killBots, startBot } from './start-bot';

const WAIT = { timeoutMs: 120_000 };

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({ bot: false });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test('kill -9 between posting the status message and recording it: one status message, and it is updated further', async () => {
  const bot = await startBot(system.env);
  const killed = killAtPost(bot, isStatusMessage);
  await sendList(system, { good: 20 });
  await killed;
  expect(await onlyBatchShown()).toMatchObject({ message_ts: null });
  await startBot(system.env);
  await until(onlyBatchShown, (batch) => batch.message_ts !== null);
  await system.slack.waitFor(() => messages().some(isNotice), WAIT);
  await system.slack.waitFor(() => messages().find(isStatusMessage)?.text.includes('20 of 20'), WAIT);
  expect(messages().filter(isStatusMessage)).toHaveLength(1);
});

test('kill -9 between posting the completion notice and recording it: one notice', async () => {
  const bot = await startBot(system.env);
  const killed = killAtPost(bot, isNotice);
  await sendList(system, { good: 20 });
  await until(() => onlyBatch(system.db), isSubmitted);
  system.buka.deliverNow();
  await killed;
  expect(await onlyBatchShown()).toMatchObject({ announced_round: null });
  await startBot(system.env);
  await until(onlyBatchShown, (batch) => batch.announced_round !== null);
  expect(messages().filter(isNotice)).toHaveLength(1);
});

testWhenFull('kill -9 between posting a comparison and recording it: one comparison', async () => {
  const bot = await startBot(system.env);
  await sendList(system, { good: 20 });
  await until(() => onlyBatch(system.db), isSubmitted);
  system.buka.deliverNow();
  await system.slack.waitFor(() => messages().some(isNotice), WAIT);
  const anna = system.slack.as('U0ANNA0001');
  const marketing = system.slack.channel('marketing').id;
  await anna.command('/sms report today', marketing);
  const asks = (one: SlackMessage) => JSON.stringify(one).includes('sms_compare_report');
  const report = await system.slack.waitFor(() => anna.sees(marketing).find(asks), WAIT);
  const compared = () => anna.sees(anna.direct()).filter((one) => one.text.includes('Compared with Buka'));
  const killed = killWhen(bot, () => compared().length > 0);
  await anna.click(report.ts, 'sms_compare_report');
  await killed;
  const pending = () => system.db('slack_outbox').pluck('key');
  expect(await pending()).toHaveLength(1);
  await startBot(system.env);
  await until(pending, (keys) => keys.length === 0);
  expect(compared()).toHaveLength(1);
});

const messages = () => system.slack.messages(system.slack.channel('marketing').id);
const isStatusMessage = (one: SlackMessage) => !one.thread_ts;
const isNotice = (one: SlackMessage) => Boolean(one.thread_ts);
const onlyBatchShown = () => system.db('slack_batch').first('message_ts', 'announced_round');

const killAtPost = (bot: Bot, isIt: (message: SlackMessage) => boolean) =>
  killWhen(bot, () => messages().some(isIt));

/** Kills the bot while Slack takes the post: the signal is sent before Slack's reply. */
function killWhen(bot: Bot, isPosted: () => boolean): Promise<unknown> {
  let exit: Promise<unknown> | undefined;
  const kill = () => {
    if (isPosted()) exit ??= bot.kill('SIGKILL');
    return exit !== undefined;
  };
  return system.slack.waitFor(kill, { timeoutMs: 120_000 }).then(() => exit);
}
