import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { cancelBatch } from '../../../src/batches/control/cancel-batch';
import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { retryFailed } from '../../../src/batches/control/send-again';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { accountedFor, rejected, submitAll } from '../sending/send-outcomes';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

test('outcomes are recorded, and the batch completes when every recipient has a final status', async () => {
  const batchId = await testApp.started(mobiles(12));
  await submitAll(testApp, batchId);
  const all = [...testApp.provider.statuses.values()];
  for (const [index, one] of all.entries()) {
    Object.assign(one, index === 0 ? { status: 'failed', reason: 'UNDELIV' } : { status: 'delivered' });
  }
  for (let step = 0; step < 3; step += 1) await testApp.poll(batchId);
  const summary = await accountedFor(testApp, batchId);
  expect(summary).toMatchObject({
    status: 'completed',
    counts: { delivered: 11, failed: 1 },
    topReasons: [{ reason: 'UNDELIV', count: 1 }],
  });
});

test('recipients that are still open after the horizon become unknown, and the batch completes', async () => {
  const batchId = await testApp.started(mobiles(5));
  await submitAll(testApp, batchId);
  await testApp.app
    .db('sms_batch')
    .update({ submitted_at: testApp.app.db.raw(`now() - interval '80 hours'`) });
  await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ status: 'completed', counts: { unknown: 5 } });
});

test('pause and resume lose no recipient and send to none twice, and each acts once', async () => {
  const batchId = await testApp.started(mobiles(50));
  const { app, actor } = testApp;
  for (let round = 0; round < 6; round += 1) {
    await testApp.submit(batchId);
    const pauses = await Promise.all([pauseBatch(app, actor, batchId), pauseBatch(app, actor, batchId)]);
    expect(pauses.filter((one) => one.kind === 'paused').length).toBeLessThanOrEqual(1);
    const sent = testApp.provider.requests.length;
    await testApp.submit(batchId);
    expect(testApp.provider.requests).toHaveLength(sent);
    await resumeBatch(app, actor, batchId);
  }
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests.flat()).toHaveLength(50);
  expect(new Set(testApp.provider.requests.flat()).size).toBe(50);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { sending: 50 },
  });
});

test('cancel stops the recipients that were not submitted, and returns how many were', async () => {
  const batchId = await testApp.started(mobiles(25));
  await testApp.submit(batchId);
  const { app, actor } = testApp;
  expect(await cancelBatch(app, actor, batchId)).toEqual({
    kind: 'cancelled',
    cancelled: 15,
    alreadyGone: 10,
  });
  expect(await cancelBatch(app, actor, batchId)).toEqual({ kind: 'too_late', alreadyGone: 10 });
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests).toHaveLength(1);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { cancelled: 15, sending: 10 },
  });
});

test('a cancel while the only request is open is one, and whoever the provider did not take then is cancelled too', async () => {
  const { app, actor, provider } = testApp;
  const batchId = await testApp.started(mobiles(10));
  let outcome: unknown;
  provider.script.push(async ({ messages }) => {
    outcome = await cancelBatch(app, actor, batchId);
    const [taken, ...deferred] = messages.map(({ orderId }) => ({ orderId, messageId: `m-${orderId}` }));
    return { accepted: taken ? [taken] : [], refused: [], unclear: [], deferred, because: null };
  });
  await submitAll(testApp, batchId);
  expect(outcome).toEqual({ kind: 'cancelled', cancelled: 0, alreadyGone: 10 });
  expect(await cancelBatch(app, actor, batchId)).toEqual({ kind: 'too_late', alreadyGone: 1 });
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { cancelled: 9, sending: 1 },
  });
  const noted = await app.db('audit_event').where({ action: 'batch.cancel' });
  expect(noted.map(({ detail }) => detail)).toEqual([{ cancelled: 0, alreadyGone: 10 }]);
});

test('a cancel while the only request is open makes the batch cancelled, where the provider takes nobody', async () => {
  const { app, actor, provider } = testApp;
  const batchId = await testApp.started(mobiles(10));
  provider.script.push(async () => {
    await cancelBatch(app, actor, batchId);
    return rejected('retryable', 'http_429');
  });
  await submitAll(testApp, batchId);
  expect(provider.requests).toHaveLength(1);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'cancelled',
    counts: { cancelled: 10, sending: 0 },
  });
});

test('retry failed sends again only to definite failures, under new order ids, and keeps the history', async () => {
  const batchId = await testApp.started(mobiles(12));
  await submitAll(testApp, batchId);
  const ids = [...testApp.provider.statuses.keys()];
  for (const [index, id] of ids.entries()) {
    Object.assign(testApp.provider.statuses.get(id) as object, {
      status: index < 3 ? 'failed' : 'delivered',
    });
  }
  for (let step = 0; step < 3; step += 1) await testApp.poll(batchId);
  const { app, actor } = testApp;
  const presses = await Promise.all([
    retryFailed(app, actor, { batchId }),
    retryFailed(app, actor, { batchId }),
  ]);
  expect(presses.map((one) => one.kind).sort()).toEqual(['nobody', 'started']);
  await submitAll(testApp, batchId);
  expect(testApp.provider.requests.at(-1)).toHaveLength(3);
  expect(await accountedFor(testApp, batchId)).toMatchObject({
    status: 'submitted',
    counts: { delivered: 9, sending: 3 },
  });
  expect(
    await testApp.app.db('sms_send_attempt').where({ batch_id: batchId, status: 'failed' }),
  ).toHaveLength(3);
  // The outcome of the old send attempt does not settle the new one.
  for (let step = 0; step < 3; step += 1) await testApp.poll(batchId);
  expect(await accountedFor(testApp, batchId)).toMatchObject({ counts: { delivered: 9, sending: 3 } });
});

test('retry failed runs again, once, where Postgres ends it for a deadlock with a late delivery report', async () => {
  const batchId = await testApp.started(mobiles(3));
  await submitAll(testApp, batchId);
  for (const one of testApp.provider.statuses.values())
    Object.assign(one, { status: 'failed', reason: 'UNDELIV' });
  await testApp.poll(batchId);
  const { db } = testApp.app;
  const lateReport = await db.transaction();
  await lateReport('sms_batch_buka_detail').where({ batch_id: batchId }).forUpdate().select('id');
  const retry = retryFailed(testApp.app, testApp.actor, { batchId });
  await waitUntilBlocked(db);
  await lateReport('sms_batch').where({ id: batchId }).forUpdate().select('id');
  await lateReport.commit();
  expect(await retry).toMatchObject({ kind: 'started', recipients: 3 });
  expect(await accountedFor(testApp, batchId)).toMatchObject({ status: 'pending', counts: { failed: 0 } });
});

async function waitUntilBlocked(db: Knex): Promise<void> {
  const waiting = db('pg_stat_activity').whereRaw(
    `datname = current_database() and wait_event_type = 'Lock'`,
  );
  while ((await waiting.clone().select('pid')).length === 0) await delay(20);
}
