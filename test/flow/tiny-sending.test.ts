import { pauseBatch, resumeBatch } from '../../src/batches/control/pause-batch';
import { submitChunk } from '../../src/batches/sending/submit-chunk';
import { mobiles } from '../setup/app-context';
import { until } from '../setup/until';
import { createTinyApp, type TinyApp } from '../tiny/tiny-app';

/** The second provider from import to completion: one text a request, signed forms, no order ids in its records. */
let tiny: TinyApp;
const start = async (options: Parameters<typeof createTinyApp>[0] = {}) => {
  tiny = await createTinyApp(options);
};
afterEach(() => tiny.close());

/** How often each number was taken. */
const timesTaken = (numbers: string[]) => numbers.map((number) => tiny.server.timesTaken(`+86${number}`));
const once = (numbers: string[]) => numbers.map(() => 1);

/** Turn after turn until nobody waits. */
async function submitAll(batchId: string): Promise<void> {
  while ((await tiny.recipients(batchId)).pending) {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  }
}

test('import, send, reports, completion: one submission for many requests, with the account that it used', async () => {
  await start();
  const numbers = mobiles(30);
  tiny.server.script = ['taken', 'taken', 'refused'];
  const batchId = await tiny.started(numbers);
  await tiny.submit(batchId);
  expect(tiny.server.requests()).toBe(30);
  const refused = numbers.filter((number) => tiny.server.timesTaken(`+86${number}`) === 0);
  expect(refused).toHaveLength(1);
  expect(await tiny.recipients(batchId)).toEqual({ sending: 29, failed: 1 });
  expect(await tiny.submissions(batchId)).toMatchObject([
    { size: 30, outcome: 'accepted', account_id: tiny.tinyAccountId, sub_account: 'TA1', attempt: 1 },
  ]);
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'submitted',
    sending_count: 29,
    failed_count: 1,
  });

  await tiny.server.deliver();
  await tiny.applyReports();
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'completed',
    success_count: 29,
    failed_count: 1,
  });
  expect(await tiny.app.db('sms_batch_cost').first('messages', 'cost_each', 'currency')).toMatchObject({
    messages: 29,
    currency: 'EUR',
  });
  const failed = tiny.app.db('sms_batch_recipient').where({ status: 'failed' });
  expect(await failed.first('failure_reason', 'channel')).toEqual({ failure_reason: '99', channel: 'tiny' });
});

test('without any report, polls find every outcome, one text a question', async () => {
  await start();
  const batchId = await tiny.started(mobiles(7));
  await tiny.submit(batchId);
  for (const text of tiny.server.taken) text.status = 'delivered';
  while ((await tiny.batch(batchId)).status !== 'completed') await tiny.poll(batchId);
  expect(await tiny.recipients(batchId)).toEqual({ delivered: 7 });
  expect(tiny.server.questions()).toBe(7);
});

test('a 429 half way: the rest waits as long as it asks for, nobody gets two, and nobody counts as refused', async () => {
  await start({ requestsPerSecond: 50 });
  const numbers = mobiles(30);
  tiny.server.script = [...Array(10).fill('taken'), 'busy'];
  const batchId = await tiny.started(numbers);
  await tiny.submit(batchId);
  const sending = tiny.server.taken.length;
  expect(sending).toBeGreaterThanOrEqual(10);
  expect(sending).toBeLessThan(30);
  expect(await tiny.recipients(batchId)).toEqual({ sending, pending: 30 - sending });
  const [first, next] = await tiny.submissions(batchId);
  expect(first).toMatchObject({ outcome: 'accepted', provider_status: '429' });
  expect(next).toMatchObject({ outcome: 'waiting', chunk: 1, attempt: 2, size: 30 - sending });
  const waitsMs = Number(next?.not_before) - Number(first?.finished_at);
  expect(waitsMs).toBeGreaterThan(900);

  // Before its time nothing leaves.
  await tiny.app.db('provider_account').update({ next_request_at: tiny.app.db.fn.now() });
  const requests = tiny.server.requests();
  await tiny.app
    .db('sms_submission')
    .where({ outcome: 'waiting' })
    .update({
      not_before: tiny.app.db.raw(`now() + interval '1 hour'`),
    });
  await tiny.submit(batchId);
  expect(tiny.server.requests()).toBe(requests);

  await submitAll(batchId);
  expect(timesTaken(numbers)).toEqual(once(numbers));
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'submitted',
    failed_count: 0,
    sending_count: 30,
  });
});

test('a 429 at once, again and again, is no refusal of the texts either: the batch pauses with all of them', async () => {
  await start();
  const batchId = await tiny.started(mobiles(3));
  tiny.server.script = Array(12).fill('busy');
  for (let turn = 0; turn < 12; turn += 1) {
    await tiny.letWaitsPass();
    await tiny.submit(batchId);
  }
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'paused', reason: 'retryable', failed_count: 0 });
  expect(await tiny.recipients(batchId)).toEqual({ pending: 3 });
  expect(tiny.server.taken).toEqual([]);
});

test('outcomes are recorded each second while a submission of many requests is under way', async () => {
  await start({ requestsPerSecond: 25 });
  const batchId = await tiny.started(mobiles(100));
  const seen = new Set<number>();
  const submitted = tiny.submit(batchId).then(() => 'ended');
  while ((await Promise.race([submitted, tiny.batch(batchId)])) !== 'ended') {
    const [one] = await tiny.submissions(batchId);
    if (one?.outcome !== 'in_flight') continue;
    const { sending = 0 } = await tiny.recipients(batchId);
    seen.add(sending);
  }
  const between = [...seen].filter((sending) => sending > 0 && sending < 100);
  expect(between.length).toBeGreaterThanOrEqual(2);
  expect(await tiny.submissions(batchId)).toMatchObject([{ outcome: 'accepted', size: 100 }]);
});

test('Pause stops between requests: the rest waits for Resume, and nobody is texted twice', async () => {
  await start({ requestsPerSecond: 25 });
  const numbers = mobiles(150);
  const batchId = await tiny.started(numbers);
  const submitted = tiny.submit(batchId);
  await until(
    () => tiny.batch(batchId),
    ({ sending_count: sending }) => Number(sending) > 0,
  );
  expect(await pauseBatch(tiny.app, tiny.actor, batchId)).toEqual({ kind: 'paused' });
  await submitted;
  const sending = tiny.server.taken.length;
  expect(sending).toBeLessThan(150);
  expect(await tiny.recipients(batchId)).toEqual({ sending, pending: 150 - sending });
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'paused', failed_count: 0, unknown_count: 0 });
  expect(await tiny.submissions(batchId)).toMatchObject([
    { outcome: 'accepted' },
    { outcome: 'waiting', attempt: 2, size: 150 - sending, rejected_in_a_row: 0 },
  ]);

  expect(await resumeBatch(tiny.app, tiny.actor, batchId)).toEqual({ kind: 'resumed' });
  await submitAll(batchId);
  expect(timesTaken(numbers)).toEqual(once(numbers));
  expect(await tiny.batch(batchId)).toMatchObject({ status: 'submitted', sending_count: 150 });
});

test('a process that is to end stops between requests, at once, and leaves the rest to the next', async () => {
  await start({ requestsPerSecond: 10 });
  const numbers = mobiles(100);
  const batchId = await tiny.started(numbers);
  const draining = new AbortController();
  const ending = { ...tiny.app, draining: draining.signal };
  const submitted = submitChunk(ending, { batchId, accountId: tiny.tinyAccountId, lane: 0 });
  await until(
    async () => tiny.server.taken.length,
    (taken) => taken >= 5,
  );
  const before = tiny.server.requests();
  draining.abort();
  await submitted;
  expect(tiny.server.requests()).toBeLessThanOrEqual(before + 1);
  const sending = tiny.server.taken.length;
  expect(await tiny.recipients(batchId)).toEqual({ sending, pending: 100 - sending });
  expect(await tiny.submissions(batchId)).toMatchObject([
    { outcome: 'accepted', provider_status: null },
    { outcome: 'waiting', attempt: 2, size: 100 - sending, rejected_in_a_row: 0 },
  ]);
  expect(await tiny.batch(batchId)).toMatchObject({ failed_count: 0, unknown_count: 0 });
});

test.each([
  { requestsPerSecond: 1, sizes: [10, 10, 5] },
  { requestsPerSecond: 2, sizes: [20, 5] },
  { requestsPerSecond: 1_000, sizes: [25] },
])('a chunk is at most ten seconds of $requestsPerSecond a second', async ({ requestsPerSecond, sizes }) => {
  await start({ requestsPerSecond });
  const { batchId } = await tiny.draft(mobiles(25));
  expect((await tiny.submissions(batchId)).map(({ size }) => size)).toEqual(sizes);
});

test('a chunk has at most 1,000 texts, however fast the account is', async () => {
  await start({ requestsPerSecond: 1_000 });
  const { batchId } = await tiny.draft(mobiles(1_001));
  expect((await tiny.submissions(batchId)).map(({ size }) => size)).toEqual([1_000, 1]);
});

test("a text that is longer than one of the batch's providers takes is never sent: the draft fails and says so", async () => {
  await start({ capabilities: { longestText: 4 } });
  const { batchId } = await tiny.draft(mobiles(2));
  expect(await tiny.batch(batchId)).toMatchObject({
    status: 'failed',
    reason: 'text_too_long',
    reason_detail: 'max 4',
  });
  expect(await tiny.recipients(batchId)).toEqual({});
});
