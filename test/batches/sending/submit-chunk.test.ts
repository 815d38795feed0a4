import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { startBatch } from '../../../src/batches/control/start-batch';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { acceptAll, createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { accountedFor, rejected, submitAll } from './send-outcomes';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const firstLane = (batchId: string) => ({ batchId, accountId: testApp.accountId, lane: 0 });

test('every recipient is submitted once, in chunks, and the batch is submitted', async () => {
  const batchId = await testApp.started(mobiles(25));
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 10, 5]);
  expect(new Set(testApp.provider.requests.flat()).size).toBe(25);
  const summary = await accountedFor(testApp, batchId);
  expect(summary).toMatchObject({ status: 'submitted', counts: { total: 25, sending: 25 } });
});

test('a turn submits chunk after chunk, once the first request was accepted', async () => {
  const batchId = await testApp.started(mobiles(45));
  const app = { ...testApp.app, settings: { ...testApp.app.settings, laneTurnMs: 60_000 } };
  await submitChunk(app, firstLane(batchId));
  expect(testApp.provider.requests).toHaveLength(1);
  await submitChunk(app, firstLane(batchId));
  expect(testApp.provider.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10, 10, 5]);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 45 },
  });
});

test('a turn ends when the batch is paused or the process stops, and no recipient is forgotten', async () => {
  const batchId = await testApp.started(mobiles(45));
  await testApp.submit(batchId);
  const stop = new AbortController();
  const settings = { ...testApp.app.settings, laneTurnMs: 60_000 };
  testApp.provider.script = [
    async (request) => {
      await pauseBatch(testApp.app, testApp.actor, batchId);
      return acceptAll(request);
    },
  ];
  await submitChunk({ ...testApp.app, settings }, firstLane(batchId));
  expect(testApp.provider.requests).toHaveLength(2);
  await resumeBatch(testApp.app, testApp.actor, batchId);
  await submitChunk({ ...testApp.app, settings }, firstLane(batchId));
  testApp.provider.script = [
    (request) => {
      stop.abort();
      return acceptAll(request);
    },
  ];
  await submitChunk({ ...testApp.app, settings, draining: stop.signal }, firstLane(batchId));
  expect(testApp.provider.requests).toHaveLength(4);
  await submitAll(testApp, batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 45 },
  });
  expect(new Set(testApp.provider.requests.flat()).size).toBe(45);
});

test('Send pressed twice, at once or later, starts once', async () => {
  const { batchId, version } = await testApp.draft(mobiles(5));
  const press = () => startBatch(testApp.app, testApp.actor, { batchId, version });
  const outcomes = await Promise.all([press(), press(), press()]);
  expect(outcomes.map((one) => one.kind).sort()).toEqual(['already_started', 'already_started', 'started']);
  await Promise.all([1, 2, 3].map((lane) => testApp.submit(batchId, lane)));
  expect(testApp.provider.requests.flat()).toHaveLength(5);
});

test('requests of an account keep their rate limit over all batches and lanes', async () => {
  await testApp.app.db('provider_account').update({ max_requests_per_second: 4 });
  const first = await testApp.started(mobiles(20));
  const second = await testApp.started(mobiles(20, 13_900_139_000));
  for (let turn = 0; turn < 6; turn += 1) {
    await Promise.all([testApp.submit(first, turn), testApp.submit(second, turn)]);
  }
  const begun: Date[] = await testApp.app
    .db('sms_submission')
    .whereNotNull('started_at')
    .orderBy('started_at')
    .pluck('started_at');
  const gaps = begun.slice(1).map((at, index) => at.getTime() - (begun[index] as Date).getTime());
  expect(begun.length).toBeGreaterThan(2);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(249);
});

test('an account fault pauses the batch at once and loses no recipient', async () => {
  const batchId = await testApp.started(mobiles(25));
  testApp.provider.script = [() => rejected('account', '-10')];
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests).toHaveLength(1);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'paused',
    reason: { code: 'account', detail: '-10: said the provider' },
    counts: { waiting: 25 },
  });
});

test('a content fault fails the batch after one request', async () => {
  const batchId = await testApp.started(mobiles(25));
  testApp.provider.script = [() => rejected('content', '-3')];
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests).toHaveLength(1);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ status: 'failed', counts: { failed: 25 } });
});

test('a bad number is found by halving its chunk, and the others are sent', async () => {
  const bad = '+8613800138003';
  const batchId = await testApp.started(mobiles(10));
  testApp.provider.script = Array.from(
    { length: 20 },
    () => (request: Parameters<typeof acceptAll>[0]) =>
      request.messages.some((one) => one.recipientNumber === bad)
        ? rejected('numbers', '-9')
        : acceptAll(request),
  );
  await submitAll(testApp, batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 9, failed: 1 },
  });
});

test('a refused number fails with its reason, an unclear one becomes unknown', async () => {
  const batchId = await testApp.started(mobiles(4));
  testApp.provider.script = [
    (request) => {
      const [first, second, third, fourth] = request.messages.map((one) => one.orderId) as [
        string,
        string,
        string,
        string,
      ];
      return {
        accepted: [
          { orderId: first, messageId: 'a' },
          { orderId: second, messageId: 'b' },
        ],
        refused: [{ orderId: third, reason: 'refused by the provider' }],
        unclear: [{ orderId: fourth }],
        deferred: [],
        because: null,
      };
    },
  ];
  await submitAll(testApp, batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    counts: { sending: 2, failed: 1, unknown: 1 },
  });
});

test('a retryable fault is tried again after the wait that the provider names', async () => {
  const batchId = await testApp.started(mobiles(5));
  testApp.provider.script = [
    () => ({
      kind: 'rejected',
      fault: 'retryable',
      code: 'http_429',
      reason: 'slow down',
      retryAfterMs: 60_000,
    }),
  ];
  await submitAll(testApp, batchId, 3);
  expect(testApp.provider.requests).toHaveLength(1);
  const next = await testApp.app.db('sms_submission').where({ outcome: 'waiting' }).first();
  expect(next.not_before.getTime()).toBeGreaterThan(Date.now() + 50_000);
  await testApp.app
    .db('sms_submission')
    .where({ outcome: 'waiting' })
    .update({ not_before: testApp.app.db.fn.now() });
  await submitAll(testApp, batchId, 3);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ status: 'submitted', counts: { sending: 5 } });
});
