import { retryFailed } from '../../../src/batches/control/send-again';
import { startBatch } from '../../../src/batches/control/start-batch';
import { estimateReviewCost } from '../../../src/batches/costs/estimate-cost';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { addCosts } from '../../../src/batches/store/costs';
import { countAccepted } from '../../../src/batches/views/batch-insights.sql';
import { getBatchInsights } from '../../../src/batches/views/get-batch-insights';
import { getBatchSummary } from '../../../src/batches/views/get-batch-summary';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const estimate = (batchId: string) =>
  estimateReviewCost(testApp.app, {
    batchId,
    tenantId: testApp.tenantId,
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

async function insightsOf(batchId: string) {
  const summary = await getBatchSummary(testApp.app, { tenantId: testApp.tenantId, batchId });
  if (!summary) throw new Error('There is no such batch.');
  return getBatchInsights(testApp.app, summary);
}

test('the estimate of the review is kept when the batch is started, whatever is charged later', async () => {
  const { batchId: other } = await testApp.draft(mobiles(1, 13_900_000_000));
  await charge(other, '0.03');
  const ready = await testApp.draft(mobiles(5));
  expect((await insightsOf(ready.batchId)).estimate).toBeNull();
  await estimate(ready.batchId);
  await charge(other, '0.05');
  await estimate(ready.batchId);
  const expected = { least: '0.300000', median: '0.300000', most: '0.500000', currency: 'USD' };
  const { tenantId, userId } = testApp;
  await startBatch(testApp.app, { tenantId, userId, ...ready });
  await charge(other, '0.9');
  await estimate(ready.batchId);
  expect((await insightsOf(ready.batchId)).estimate).toEqual({ sums: [expected], unpriced: 1, messages: 6 });
});

test('accepted texts are those with a message id, one for each send attempt: not the refused, the unclear, the waiting', async () => {
  testApp.provider.script.push((request) => {
    const [refused, unclear, ...taken] = request.messages.map(({ orderId }) => orderId) as [string, string];
    return {
      kind: 'accepted',
      accepted: taken.map((orderId) => ({ orderId, messageId: `m-${orderId}` })),
      refused: [{ orderId: refused, reason: 'refused' }],
      unclear: [{ orderId: unclear }],
    };
  });
  const batchId = await testApp.started(mobiles(9));
  const key = { provider: 'onbuka', batchId };
  const { db } = testApp.app;
  expect(await countAccepted(db, key)).toBe(0);
  await submitChunk(testApp.app, batchId, 0);
  expect(await countAccepted(db, key)).toBe(7);
  const recipients = () => db('sms_batch_buka_detail').where({ batch_id: batchId });
  const [failing] = await recipients().where({ status: 'sending' }).orderBy('id').limit(1).pluck('id');
  await recipients().where({ id: failing }).update({ status: 'failed' });
  await db('sms_batch')
    .where({ id: batchId })
    .update({ status: 'submitted', failed_count: 2, sending_count: 6 });
  const { tenantId, userId } = testApp;
  expect(await retryFailed(testApp.app, { tenantId, userId, batchId })).toMatchObject({ recipients: 2 });
  expect(await countAccepted(db, key)).toBe(7);
  for (let step = 0; step < 3; step += 1) await submitChunk(testApp.app, batchId, 0);
  expect(await countAccepted(db, key)).toBe(9);
});
