import { setTimeout as pause } from 'node:timers/promises';
import { sampleCsv } from '../setup/sample-files';
import { startTestSystem, type TestSystem } from '../setup/test-system';
import { until } from '../setup/until';
import { onlyBatch } from './expect-promise-kept';
import { isFull } from './run-size';
import { ANNA } from './send-list';
import { killBots, startBot } from './start-bot';

/** The full size is a file of 10 MB, which is the largest that is taken. */
const GOOD = isFull ? 330_000 : 120_000;
const BAD = 400;
const DUPLICATES = 600;

let system: TestSystem;
beforeEach(async () => {
  system = await startTestSystem({ bot: false });
});
afterEach(async () => {
  await killBots();
  await system.close();
});

test('kill -9 while a long list is read: it is read again from its first line, and the review is exact', async () => {
  const { slack, db, env } = system;
  const anna = slack.as(ANNA);
  // Before the bot starts: it takes seconds, in which the local Slack answers nobody.
  const content = sampleCsv({ good: GOOD, bad: BAD, duplicates: DUPLICATES, shuffled: true });
  if (isFull) expect(content.length).toBeGreaterThan(9_000_000);
  const bot = await startBot(env);
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal());
  const list = { Message: 'Hello', 'Recipients file': [{ name: 'list.csv', content }] };
  expect((await anna.submit(compose.id, list)).errors).toEqual({});

  await until(
    () => db('sms_batch').first('read_bytes'),
    (batch) => Number(batch?.read_bytes) > 0.6 * content.length,
  );
  await bot.kill('SIGKILL');
  await pause(200);
  expect(await db('sms_batch_recipient').count('* as n').first()).toEqual({ n: '0' });
  await startBot(env);
  await until(
    () => db('sms_batch').first('read_bytes'),
    (batch) => Number(batch?.read_bytes) < 0.6 * content.length,
  );

  const batch = await until(
    () => onlyBatch(db),
    ({ status }) => status !== 'importing',
    240_000,
  );
  expect(batch).toMatchObject({ status: 'ready', reason: null, total_count: GOOD });
  const review = await slack.waitFor(() => anna.modal()?.submit && anna.modal(), { timeoutMs: 120_000 });
  expect(review?.submit?.text).toBe(`Send ${GOOD.toLocaleString('en-US')} messages`);
  expect(JSON.stringify(review)).toContain('Duplicate – 600');
  expect(await db('sms_rejected_recipient').count('* as n').first()).toEqual({ n: String(BAD + DUPLICATES) });
});
