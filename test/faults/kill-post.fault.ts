import type { SlackMessage } from '../../src/playground/slack/workspace/shapes';
import { createWorld, type World } from '../setup/world';
import { isSubmitted, onlyBatch, until } from './promise';
import { sendList } from './send-list';
import { type Bot, killBots, startBot } from './start-bot';

const WAIT = { timeoutMs: 120_000 };

let world: World;
beforeEach(async () => {
  world = await createWorld({ bot: false });
});
afterEach(async () => {
  await killBots();
  await world.close();
});

test('kill -9 between the post of the report and its record: one report, and it goes on', async () => {
  const bot = await startBot(world.env);
  const killed = killAtPost(bot, isReport);
  await sendList(world, { good: 20 });
  await killed;
  expect(await onlyBatchShown()).toMatchObject({ slack_message_ts: null });
  await startBot(world.env);
  await until(onlyBatchShown, (batch) => batch.slack_message_ts !== null);
  await world.slack.waitFor(() => messages().some(isNotice), WAIT);
  await world.slack.waitFor(() => messages().find(isReport)?.text.includes('20 of 20'), WAIT);
  expect(messages().filter(isReport)).toHaveLength(1);
});

test('kill -9 between the notice of completion and its record: one notice', async () => {
  const bot = await startBot(world.env);
  const killed = killAtPost(bot, isNotice);
  await sendList(world, { good: 20 });
  await until(() => onlyBatch(world.db), isSubmitted);
  world.buka.deliverNow();
  await killed;
  expect(await onlyBatchShown()).toMatchObject({ notified_at: null });
  await startBot(world.env);
  await until(onlyBatchShown, (batch) => batch.notified_at !== null);
  expect(messages().filter(isNotice)).toHaveLength(1);
});

const messages = () => world.slack.messages(world.slack.channel('marketing').id);
const isReport = (one: SlackMessage) => !one.thread_ts;
const isNotice = (one: SlackMessage) => Boolean(one.thread_ts);
const onlyBatchShown = () => world.db('sms_batch').first('slack_message_ts', 'notified_at');

/** Killed while Slack takes the message: the signal is on its way before the answer is. */
function killAtPost(bot: Bot, isIt: (message: SlackMessage) => boolean): Promise<unknown> {
  let exit: Promise<unknown> | undefined;
  const kill = () => {
    if (messages().some(isIt)) exit ??= bot.kill('SIGKILL');
    return exit !== undefined;
  };
  return world.slack.waitFor(kill, { timeoutMs: 120_000 }).then(() => exit);
}
