import { cancelBatch } from '../../src/batches/cancel-batch';
import { getBatchSummary } from '../../src/batches/get-batch-summary';
import { pauseBatch, resumeBatch } from '../../src/batches/pause-batch';
import { pollDelivery } from '../../src/batches/poll-delivery';
import { reconcile } from '../../src/batches/reconcile';
import { leaveUncertain, resendUncertain, retryFailed } from '../../src/batches/send-again';
import { startBatch } from '../../src/batches/start-batch';
import { submitChunk } from '../../src/batches/submit-chunk';
import { sweep } from '../../src/batches/sweep';
import type { SendOutcome } from '../../src/channels/channel';
import { acceptAll, createTestHeart, mobiles, type TestHeart } from '../setup/heart';

let world: TestHeart;
beforeEach(async () => {
  world = await createTestHeart();
});
afterEach(() => world.close());

const rejected = (fault: Extract<SendOutcome, { kind: 'rejected' }>['fault'], code: string): SendOutcome => ({
  kind: 'rejected',
  fault,
  code,
  reason: 'said the provider',
});
const timeout: SendOutcome = { kind: 'unknown', cause: 'timeout', reason: 'no answer in time' };

async function submitAll(batchId: string, turns = 30) {
  for (let turn = 0; turn < turns; turn += 1) await submitChunk(world.heart, batchId, 0);
}

async function accountedFor(batchId: string) {
  const summary = await getBatchSummary(world.heart, { tenantId: world.tenantId, batchId });
  const { total, ...parts } = summary?.counts ?? { total: -1 };
  expect(Object.values(parts).reduce((sum: number, n) => sum + (n as number), 0)).toBe(total);
  const stored = await world.recipients(batchId);
  expect(stored).toEqual(
    Object.fromEntries(
      Object.entries({
        pending: summary?.counts.waiting,
        sending: summary?.counts.sending,
        delivered: summary?.counts.delivered,
        failed: summary?.counts.failed,
        unknown: summary?.counts.unknown,
        cancelled: summary?.counts.cancelled,
      }).filter(([, n]) => n),
    ),
  );
  return summary;
}

test('every recipient is submitted once, in chunks, and the batch is submitted', async () => {
  const batchId = await world.started(mobiles(25));
  await submitAll(batchId);
  expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 10, 5]);
  expect(new Set(world.channel.requests.flat()).size).toBe(25);
  const summary = await accountedFor(batchId);
  expect(summary).toMatchObject({ status: 'submitted', counts: { total: 25, sending: 25 } });
});

test('outcomes are recorded, and the batch completes when everybody is accounted for', async () => {
  const batchId = await world.started(mobiles(12));
  await submitAll(batchId);
  const all = [...world.channel.statuses.values()];
  for (const [index, one] of all.entries()) {
    Object.assign(one, index === 0 ? { status: 'failed', reason: 'UNDELIV' } : { status: 'delivered' });
  }
  for (let step = 0; step < 3; step += 1) await pollDelivery(world.heart, batchId);
  const summary = await accountedFor(batchId);
  expect(summary).toMatchObject({
    status: 'completed',
    counts: { delivered: 11, failed: 1 },
    topReasons: [{ reason: 'UNDELIV', count: 1 }],
  });
});

test('a time-out makes unknown, and the same recipients are never submitted again', async () => {
  const batchId = await world.started(mobiles(15));
  world.channel.script = [() => timeout];
  await submitAll(batchId);
  expect(world.channel.requests.flat()).toHaveLength(15);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'submitted',
    counts: { unknown: 10, sending: 5 },
  });
});

test('an uncertain recipient is proved by the record of the provider', async () => {
  const batchId = await world.started(mobiles(10));
  world.channel.script = [
    (request) => {
      for (const message of request.messages.slice(0, 6)) {
        world.channel.statuses.set(`late-${message.orderId}`, {
          number: message.recipientNumber,
          status: 'delivered',
        });
      }
      return timeout;
    },
  ];
  await submitAll(batchId);
  await reconcile(world.heart, batchId);
  expect(await accountedFor(batchId)).toMatchObject({ counts: { delivered: 6, unknown: 4 } });
  expect(world.channel.requests.flat()).toHaveLength(10);
});

test('a record that could belong to two recipients proves nothing', async () => {
  const first = await world.started(mobiles(1));
  const second = await world.started(mobiles(1));
  world.channel.script = [() => timeout, () => timeout];
  await submitAll(first, 2);
  await submitAll(second, 2);
  world.channel.statuses.set('m-1', { number: '+8613800138000', status: 'delivered' });
  await reconcile(world.heart, first);
  await reconcile(world.heart, second);
  expect(await accountedFor(first)).toMatchObject({ counts: { unknown: 1 } });
  expect(await accountedFor(second)).toMatchObject({ counts: { unknown: 1 } });
});

test('a worker that dies in a request leaves unknown, never pending', async () => {
  const batchId = await world.started(mobiles(15));
  world.channel.script = [() => new Promise<never>(() => {})];
  void submitChunk(world.heart, batchId, 0);
  while (world.channel.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await world.heart
    .db('sms_submission')
    .where({ outcome: 'in_flight' })
    .update({
      started_at: world.heart.db.raw(`now() - interval '1 hour'`),
    });
  await sweep(world.heart);
  expect(await accountedFor(batchId)).toMatchObject({ counts: { unknown: 10, waiting: 5 } });
  await submitAll(batchId);
  expect(world.channel.requests.flat()).toHaveLength(15);
  expect(new Set(world.channel.requests.flat()).size).toBe(15);
});

test('an answer that comes after the sweep called it unknown is still a proof', async () => {
  const batchId = await world.started(mobiles(5));
  let answer: (outcome: SendOutcome) => void = () => {};
  let request: Parameters<typeof acceptAll>[0] = { messages: [] };
  world.channel.script = [
    (asked) => {
      request = asked;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  ];
  const turn = submitChunk(world.heart, batchId, 0);
  while (world.channel.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await world.heart
    .db('sms_submission')
    .update({ started_at: world.heart.db.raw(`now() - interval '1 hour'`) });
  await sweep(world.heart);
  expect(await accountedFor(batchId)).toMatchObject({ counts: { unknown: 5 } });
  answer(acceptAll(request));
  await turn;
  expect(await accountedFor(batchId)).toMatchObject({ counts: { sending: 5, unknown: 0 } });
});

test('an account fault pauses at once and loses nobody', async () => {
  const batchId = await world.started(mobiles(25));
  world.channel.script = [() => rejected('account', '-10')];
  await submitAll(batchId);
  expect(world.channel.requests).toHaveLength(1);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'paused',
    reason: { code: 'account', detail: '-10: said the provider' },
    counts: { waiting: 25 },
  });
});

test('a content fault fails the batch after one request', async () => {
  const batchId = await world.started(mobiles(25));
  world.channel.script = [() => rejected('content', '-3')];
  await submitAll(batchId);
  expect(world.channel.requests).toHaveLength(1);
  expect(await accountedFor(batchId)).toMatchObject({ status: 'failed', counts: { failed: 25 } });
});

test('a bad number is narrowed down by halves and the others are sent', async () => {
  const bad = '+8613800138003';
  const batchId = await world.started(mobiles(10));
  world.channel.script = Array.from(
    { length: 20 },
    () => (request: Parameters<typeof acceptAll>[0]) =>
      request.messages.some((one) => one.recipientNumber === bad)
        ? rejected('numbers', '-9')
        : acceptAll(request),
  );
  await submitAll(batchId);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 9, failed: 1 },
  });
});

test('a fault that passes is tried again later, after the wait that the provider named', async () => {
  const batchId = await world.started(mobiles(5));
  world.channel.script = [
    () => ({
      kind: 'rejected',
      fault: 'retryable',
      code: 'http_429',
      reason: 'slow down',
      retryAfterMs: 60_000,
    }),
  ];
  await submitAll(batchId, 3);
  expect(world.channel.requests).toHaveLength(1);
  const next = await world.heart.db('sms_submission').where({ outcome: 'waiting' }).first();
  expect(next.not_before.getTime()).toBeGreaterThan(Date.now() + 50_000);
  await world.heart
    .db('sms_submission')
    .where({ outcome: 'waiting' })
    .update({ not_before: world.heart.db.fn.now() });
  await submitAll(batchId, 3);
  expect(await accountedFor(batchId)).toMatchObject({ status: 'submitted', counts: { sending: 5 } });
});

test('three unclear answers in a row hold the account; then one small request asks the way', async () => {
  const batchId = await world.started(mobiles(60));
  world.channel.maxMessagesPerSend = 20;
  const second = await world.started(mobiles(60, 13_900_139_000));
  world.channel.script = [() => timeout, () => timeout, () => timeout];
  await submitAll(batchId);
  await submitAll(second);
  expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10]);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'pending',
    isHeld: true,
    counts: { unknown: 30, waiting: 30 },
  });

  await world.heart.db('tenant_channel_config').update({ held_until: world.heart.db.fn.now() });
  await submitAll(second);
  expect(world.channel.requests.map((numbers) => numbers.length)).toEqual([10, 10, 10, 10, 20, 20, 10]);
  expect(await accountedFor(second)).toMatchObject({
    status: 'submitted',
    isHeld: false,
    counts: { sending: 60 },
  });
});

test('requests of an account keep their distance, whatever the batch and the lane', async () => {
  await world.heart.db('tenant_channel_config').update({ max_requests_per_second: 4 });
  const first = await world.started(mobiles(20));
  const second = await world.started(mobiles(20, 13_900_139_000));
  for (let turn = 0; turn < 6; turn += 1) {
    await Promise.all([submitChunk(world.heart, first, turn), submitChunk(world.heart, second, turn)]);
  }
  const begun: Date[] = await world.heart
    .db('sms_submission')
    .whereNotNull('started_at')
    .orderBy('started_at')
    .pluck('started_at');
  const gaps = begun.slice(1).map((at, index) => at.getTime() - (begun[index] as Date).getTime());
  expect(begun.length).toBeGreaterThan(2);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(249);
});

test('pause and resume lose nobody and double nobody, and each acts once', async () => {
  const batchId = await world.started(mobiles(50));
  const call = { tenantId: world.tenantId, userId: world.userId, batchId };
  for (let round = 0; round < 6; round += 1) {
    await submitChunk(world.heart, batchId, 0);
    const pauses = await Promise.all([pauseBatch(world.heart, call), pauseBatch(world.heart, call)]);
    expect(pauses.filter((one) => one.kind === 'paused').length).toBeLessThanOrEqual(1);
    const sent = world.channel.requests.length;
    await submitChunk(world.heart, batchId, 0);
    expect(world.channel.requests).toHaveLength(sent);
    await resumeBatch(world.heart, call);
  }
  await submitAll(batchId);
  expect(world.channel.requests.flat()).toHaveLength(50);
  expect(new Set(world.channel.requests.flat()).size).toBe(50);
  expect(await accountedFor(batchId)).toMatchObject({ status: 'submitted', counts: { sending: 50 } });
});

test('retry failed sends again to definite failures alone, under new order ids, and keeps the history', async () => {
  const batchId = await world.started(mobiles(12));
  await submitAll(batchId);
  const ids = [...world.channel.statuses.keys()];
  for (const [index, id] of ids.entries()) {
    Object.assign(world.channel.statuses.get(id) as object, { status: index < 3 ? 'failed' : 'delivered' });
  }
  for (let step = 0; step < 3; step += 1) await pollDelivery(world.heart, batchId);
  const call = { tenantId: world.tenantId, userId: world.userId, batchId };
  const presses = await Promise.all([retryFailed(world.heart, call), retryFailed(world.heart, call)]);
  expect(presses.map((one) => one.kind).sort()).toEqual(['nobody', 'started']);
  await submitAll(batchId);
  expect(world.channel.requests.at(-1)).toHaveLength(3);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'submitted',
    counts: { delivered: 9, sending: 3 },
  });
  expect(
    await world.heart.db('sms_recipient_attempt').where({ batch_id: batchId, status: 'failed' }),
  ).toHaveLength(3);
  // The old attempt's word does not settle the new one.
  for (let step = 0; step < 3; step += 1) await pollDelivery(world.heart, batchId);
  expect(await accountedFor(batchId)).toMatchObject({ counts: { delivered: 9, sending: 3 } });
});

test('people are asked about who stays uncertain; left, the batch completes; sent again, they are new attempts', async () => {
  const first = await world.started(mobiles(2));
  const second = await world.started(mobiles(2, 13_900_139_000));
  for (const batchId of [first, second]) {
    world.channel.script = [() => timeout];
    await submitAll(batchId, 2);
    await world.heart
      .db('sms_submission')
      .where({ batch_id: batchId })
      .update({
        started_at: world.heart.db.raw(`now() - interval '1 hour'`),
        finished_at: world.heart.db.raw(`now() - interval '1 hour'`),
      });
    await reconcile(world.heart, batchId);
    expect(await world.batch(batchId)).toMatchObject({ attention: 'uncertain', status: 'submitted' });
  }
  const call = { tenantId: world.tenantId, userId: world.userId };
  expect(await leaveUncertain(world.heart, { ...call, batchId: first })).toBe(true);
  expect(await leaveUncertain(world.heart, { ...call, batchId: first })).toBe(false);
  expect(await accountedFor(first)).toMatchObject({ status: 'completed', counts: { unknown: 2 } });

  expect(await resendUncertain(world.heart, { ...call, batchId: second })).toEqual({
    kind: 'started',
    recipients: 2,
  });
  await submitAll(second);
  expect(await accountedFor(second)).toMatchObject({
    status: 'submitted',
    counts: { sending: 2, unknown: 0 },
  });
});

test('where two attempts at one number are uncertain, the time of the record decides', async () => {
  const first = await world.started(mobiles(1));
  const second = await world.started(mobiles(1));
  world.channel.script = [() => timeout, () => timeout];
  await submitAll(first, 2);
  await submitAll(second, 2);
  const at = world.heart.db.raw(`now() - interval '1 hour'`);
  await world.heart
    .db('sms_submission')
    .where({ batch_id: first })
    .update({ started_at: at, finished_at: at });
  world.channel.statuses.set('m-1', {
    number: '+8613800138000',
    status: 'delivered',
    sentAt: new Date(Date.now() - 3_600_000).toISOString(),
  });
  await reconcile(world.heart, second);
  expect(await accountedFor(second)).toMatchObject({ counts: { unknown: 1 } });
  await reconcile(world.heart, first);
  expect(await accountedFor(first)).toMatchObject({ counts: { delivered: 1 } });
});

test('a refused number is failed with the reason, an unclear one is unknown', async () => {
  const batchId = await world.started(mobiles(4));
  world.channel.script = [
    (request) => {
      const [first, second, third, fourth] = request.messages.map((one) => one.orderId) as [
        string,
        string,
        string,
        string,
      ];
      return {
        kind: 'accepted',
        accepted: [
          { orderId: first, messageId: 'a' },
          { orderId: second, messageId: 'b' },
        ],
        refused: [{ orderId: third, reason: 'refused by the provider' }],
        unclear: [{ orderId: fourth }],
      };
    },
  ];
  await submitAll(batchId);
  expect(await accountedFor(batchId)).toMatchObject({ counts: { sending: 2, failed: 1, unknown: 1 } });
});

test('Send pressed twice, at once or later, starts once', async () => {
  const { batchId, version } = await world.draft(mobiles(5));
  const press = () =>
    startBatch(world.heart, { tenantId: world.tenantId, userId: world.userId, batchId, version });
  const outcomes = await Promise.all([press(), press(), press()]);
  expect(outcomes.map((one) => one.kind).sort()).toEqual(['already_started', 'already_started', 'started']);
  await Promise.all([1, 2, 3].map((lane) => submitChunk(world.heart, batchId, lane)));
  expect(world.channel.requests.flat()).toHaveLength(5);
});

test('cancel calls back who has not gone, and says how many had', async () => {
  const batchId = await world.started(mobiles(25));
  await submitChunk(world.heart, batchId, 0);
  const call = { tenantId: world.tenantId, userId: world.userId, batchId };
  expect(await cancelBatch(world.heart, call)).toEqual({ kind: 'cancelled', cancelled: 15, alreadyGone: 10 });
  expect(await cancelBatch(world.heart, call)).toEqual({ kind: 'too_late', alreadyGone: 10 });
  await submitAll(batchId);
  expect(world.channel.requests).toHaveLength(1);
  expect(await accountedFor(batchId)).toMatchObject({
    status: 'submitted',
    counts: { cancelled: 15, sending: 10 },
  });
});

test('what is still open after the horizon is unknown, and the batch completes', async () => {
  const batchId = await world.started(mobiles(5));
  await submitAll(batchId);
  await world.heart
    .db('sms_batch')
    .update({ submitted_at: world.heart.db.raw(`now() - interval '80 hours'`) });
  await pollDelivery(world.heart, batchId);
  expect(await accountedFor(batchId)).toMatchObject({ status: 'completed', counts: { unknown: 5 } });
});
