import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { webApi } from '@slack/bolt';
import { ANNA, SECRETS } from './start-bolt';

let slack: Slack;
let bot: webApi.WebClient;
let now = Date.now();
const start = async (scopes?: string[]) => {
  slack = await startSlack({ ...SECRETS, now: () => now, ...(scopes ? { scopes } : {}) });
  bot = new webApi.WebClient(SECRETS.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } });
};
afterEach(() => slack.close());
const marketing = () => slack.channel('marketing').id;

async function say(text: string, more: object = {}): Promise<string> {
  now += 1000;
  const metadata = { event_type: 'said', event_payload: { text } };
  return (await bot.chat.postMessage({ channel: marketing(), text, metadata, ...more })).ts as string;
}

test('history is newest first and has only the replies that the channel shows; replies are oldest first', async () => {
  await start();
  const ts = await say('one');
  await say('quiet', { thread_ts: ts });
  await say('loud', { thread_ts: ts, reply_broadcast: true });
  await say('two');
  const texts = (answer: { messages?: { text?: string }[] }) => answer.messages?.map((one) => one.text);
  expect(texts(await bot.conversations.history({ channel: marketing() }))).toEqual(['two', 'loud', 'one']);
  expect(texts(await bot.conversations.replies({ channel: marketing(), ts }))).toEqual([
    'one',
    'quiet',
    'loud',
  ]);
});

test('every page stays in the time range, and metadata comes only on request', async () => {
  await start();
  const [first] = [await say('one'), await say('two'), await say('three'), await say('four')];
  const seen: unknown[] = [];
  type Page = { messages?: object[] };
  const query = { channel: marketing(), oldest: first, limit: 2, include_all_metadata: true };
  for await (const page of bot.paginate('conversations.history', query)) seen.push((page as Page).messages);
  const said = (text: string) => expect.objectContaining({ text, metadata: expect.anything() });
  expect(seen).toEqual([[said('four'), said('three')], [said('two')]]);
  const { messages } = await bot.conversations.history({ channel: marketing(), latest: first });
  expect(messages).toEqual([]);
  const [bare] = (await bot.conversations.history({ channel: marketing() })).messages ?? [];
  expect(bare).not.toHaveProperty('metadata');
});

test('each kind of conversation has a scope of its own', async () => {
  await start(['groups:history']);
  const asked = [marketing(), slack.channel('launch-plans').id, slack.as(ANNA).direct()];
  const answers = await Promise.all(
    asked.map((channel) =>
      bot.conversations.history({ channel }).then(
        () => 'ok',
        (error) => error.data.needed,
      ),
    ),
  );
  expect(answers).toEqual(['channels:history', 'ok', 'im:history']);
});
