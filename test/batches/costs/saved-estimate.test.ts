import { retryFailed } from '../../../src/batches/control/send-again';
import { startBatch } from '../../../src/batches/control/start-batch';
import { estimateReviewCost } from '../../../src/batches/costs/estimate-cost';
import { addCosts } from '../../../src/batches/store/costs';
import { findWithInsights } from '../../../src/batches/views/batch-insights.sql';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const estimate = (batchId: string) =>
  estimateReviewCost(testApp.app, testApp.actor, {
    batchId,
    countries: [
      { country: 'CN', count: 5 },
      { country: 'FR', count: 1 },
    ],
    segments: 2,
  });

async function charge(batchId: string, cost: string): Promise<void> {
  const price = { batchId, country: 'CN', currency: 'USD', cost, segments: 1 };
  await testApp.app.db.transaction((trx) => addCosts(trx, [price]));
}

async function estimateOf(batchId: string) {
  return (await findWithInsights(testApp.app.db, { tenantId: testApp.tenantId, batchId }))?.cost_estimate;
}

/** As it would be counted if the batch were complete now. */
async function countAccepted(batchId: string) {
  const trx = await testApp.app.db.transaction();
  await trx.raw('set local session_replication_role = replica');
  await trx.raw('alter table sms_batch drop constraint sms_batch_completed_is_accounted_for');
  const success_count = trx.raw('total_count - failed_count - unknown_count - cancelled_count');
  await trx('sms_batch')
    .where({ id: batchId })
    .update({ status: 'completed', completed_at: trx.fn.now(), sending_count: 0, success_count });
  const found = await findWithInsights(trx, { tenantId: testApp.tenantId, batchId });
  await trx.rollback();
  return found?.accepted;
}

test('the estimate of the review is kept when the batch is started, whatever is charged later', async () => {
  const { batchId: other } = await testApp.draft(mobiles(1, 13_900_000_000));
  await charge(other, '0.03');
  const ready = await testApp.draft(mobiles(5));
  expect(await estimateOf(ready.batchId)).toBeNull();
  await estimate(ready.batchId);
  await charge(other, '0.05');
  await estimate(ready.batchId);
  const expected = { least: '0.300000', median: '0.300000', most: '0.500000', currency: 'USD' };
  await startBatch(testApp.app, testApp.actor, ready);
  await charge(other, '0.9');
  await estimate(ready.batchId);
  expect(await estimateOf(ready.batchId)).toEqual({ sums: [expected], unpriced: 1, messages: 6 });
});

test('accepted texts are those with a message id, one for each send attempt: not the refused, the unclear, the waiting', async () => {
  testApp.provider.script.push((request) => {
    const [refused, unclear, ...taken] = request.messages.map(({ orderId }) => orderId) as [string, string];
    return {
      accepted: taken.map((orderId) => ({ orderId, messageId: `m-${orderId}` })),
      refused: [{ orderId: refused, reason: 'refused' }],
      unclear: [{ orderId: unclear }],
      deferred: [],
      because: null,
    };
  });
  const batchId = await testApp.started(mobiles(9));
  const { db } = testApp.app;
  expect(await countAccepted(batchId)).toBe(0);
  await testApp.submit(batchId);
  expect(await countAccepted(batchId)).toBe(7);
  const recipients = () => db('sms_batch_buka_detail').where({ batch_id: batchId });
  const [failing] = await recipients().where({ status: 'sending' }).orderBy('id').limit(1).pluck('id');
  await recipients().where({ id: failing }).update({ status: 'failed' });
  for (const one of testApp.provider.statuses.values()) one.status = 'failed';
  await db('sms_batch')
    .where({ id: batchId })
    .update({ status: 'submitted', failed_count: 2, sending_count: 6 });
  expect(await retryFailed(testApp.app, testApp.actor, { batchId })).toMatchObject({ recipients: 2 });
  expect(await countAccepted(batchId)).toBe(7);
  for (let step = 0; step < 3; step += 1) await testApp.submit(batchId);
  expect(await countAccepted(batchId)).toBe(9);
});
