import type { SlackMessage, SlackView } from '../../src/playground/slack/workspace/shapes';
import { sampleCsv } from '../setup/sample-files';
import { createWorld, type World, type WorldOptions } from '../setup/world';

const ANNA = 'U0ANNA0001';
const SECRET = 'a-secret-of-the-callback';
const COUNT = 2_400;
/** What a text to China costs at the local Buka. */
const COST = '76.800000';
/** No poll comes by itself while a test runs. */
const NO_POLLS = { DELIVERY_POLL_MS: '900000' };

let world: World;
afterEach(() => world.close());

test('with pushes alone, everybody is tracked to the end without a question to Buka', async () => {
  await sendList({ env: NO_POLLS });
  await completeBy(() => world.buka.deliverNow());
  await everybodyIsRight();
  expect(await world.db('sms_batch_buka_detail').distinct().pluck('settled_by')).toEqual(['push']);
  expect(world.buka.calls().getReport).toBeUndefined();
  expect(await world.db('sms_batch_cost').sum('messages as messages').first()).toEqual({
    messages: String(COUNT),
  });
  const { rows } = await world.db.raw(
    `select currency, sum(cost_each * messages)::text as cost from sms_batch_cost group by currency`,
  );
  expect(rows).toEqual([{ currency: 'USD', cost: COST }]);
}, 90_000);

test('pushed twice and out of order, each counts once', async () => {
  await sendList({ env: NO_POLLS, buka: { weather: { reportsTwice: {}, reportsShuffled: {} } } });
  await completeBy(() => world.buka.deliverNow());
  await world.buka.pushesDone();
  expect(world.buka.state().pushes).toEqual({ taken: 2 * COUNT, givenUp: 0 });
  await everybodyIsRight();
}, 90_000);

test('with half the pushes lost, polling finds the others', async () => {
  await sendList({ buka: { weather: { reportsLost: { probability: 0.5 } } } });
  await completeBy(() => world.buka.deliverNow());
  await everybodyIsRight();
  const sources = await world
    .db('sms_batch_buka_detail')
    .groupBy('settled_by')
    .orderBy('settled_by')
    .select('settled_by');
  expect(sources).toEqual([{ settled_by: 'poll' }, { settled_by: 'push' }]);
}, 90_000);

test('pushes that come before our own requests are answered, and some of these answers lost', async () => {
  await sendList({
    env: NO_POLLS,
    buka: { weather: { reportsEarly: {}, dropAfter: { times: 1, on: 'sendSms' } } },
  });
  await completeBy(() => {});
  await everybodyIsRight();
}, 90_000);

test('a reply lands in its workspace', async () => {
  await sendList({ env: NO_POLLS });
  await completeBy(() => {
    world.buka.reply('+8613800000000', 'stop');
    world.buka.deliverNow();
  });
  expect(await world.db('sms_inbound_message')).toMatchObject([
    { tenant_id: expect.any(String), from_number: '+8613800000000', content: 'stop' },
  ]);
}, 90_000);

/** A bot that Buka pushes to, and a list that Anna sends to. */
async function sendList(options: WorldOptions): Promise<void> {
  world = await createWorld({
    ...options,
    bot: false,
    env: { BUKA_CALLBACK_SECRET: SECRET, ...options.env },
    buka: {
      apps: [{ apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'], balance: '500' }],
      // Nothing is final before a test says so.
      timings: { sendingMs: { min: 3_600_000, max: 7_200_000 } },
      outcomes: { failedShare: 0.1 },
      pushRetryMs: 10,
      ...options.buka,
    },
  });
  const { slack, buka } = world;
  const bot = await world.startBot();
  const url = `http://127.0.0.1:${bot.port}/buka`;
  buka.pushTo({ reportUrl: `${url}/reports/${SECRET}`, inboundUrl: `${url}/inbound/${SECRET}` });
  const anna = slack.as(ANNA);
  await anna.command('/sms send', slack.channel('marketing').id);
  const compose = await slack.waitFor(() => anna.modal());
  const content = sampleCsv({ good: COUNT });
  await anna.submit(compose.id, { Message: 'Hello', 'Recipients file': [{ name: 'list.csv', content }] });
  const review = await slack.waitFor(() => viewThatSays(anna.modal(), 'Send 2,400'), { timeoutMs: 20_000 });
  await anna.submit(review.id);
}

/** Once every text is with Buka, `deliver`; until the one notice that says so. */
async function completeBy(deliver: () => void): Promise<void> {
  const { slack, buka } = world;
  await slack.waitFor(() => buka.ledger.counts().once === COUNT, { timeoutMs: 30_000 });
  deliver();
  await slack.waitFor(() => notices().length > 0, { timeoutMs: 40_000 });
  expect(notices()).toHaveLength(1);
}

function notices(): SlackMessage[] {
  const { slack } = world;
  return slack
    .messages(slack.channel('marketing').id)
    .filter((one) => one.thread_ts !== undefined && one.thread_ts !== one.ts);
}

/** Complete, as Buka has it, and each person sent to once. */
async function everybodyIsRight(): Promise<void> {
  const { delivered, failed } = world.buka.state().messages;
  expect(delivered + failed).toBe(COUNT);
  expect(await world.db('sms_batch').first()).toMatchObject({
    status: 'completed',
    success_count: delivered,
    failed_count: failed,
  });
  const stored = await world
    .db('sms_batch_buka_detail')
    .where({ status: 'delivered' })
    .count('* as n')
    .first();
  expect(stored).toEqual({ n: String(delivered) });
  expect(world.buka.ledger.counts()).toEqual({ once: COUNT, moreThanOnce: 0, never: 0, unexpected: 0 });
}

function viewThatSays(view: SlackView | null, text: string): SlackView | null {
  return view && JSON.stringify(view).includes(text) ? view : null;
}
