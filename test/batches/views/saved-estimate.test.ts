import { retryFailed } from '../../../src/batches/control/send-again';
import { startBatch } from '../../../src/batches/control/start-batch';
import { submitChunk } from '../../../src/batches/sending/submit-chunk';
import { addCosts, countTaken } from '../../../src/batches/store/costs';
import { estimateReviewCost } from '../../../src/batches/views/estimate-cost';
import { getBatchInsights } from '../../../src/batches/views/get-batch-insights';
import { getBatchSummary } from '../../../src/batches/views/get-batch-summary';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const quote = (batchId: string) =>
  estimateReviewCost(testApp.app, {
    batchId,
    tenantId: testApp.tenantId,
    countries: [
      { country: 'CN', count: 5 },
      { country: 'FR', count: 1 },
    ],
    segments: 2,
  });

async function learn(batchId: string, cost: string): Promise<void> {
  const price = { batchId, country: 'CN', currency: 'USD', cost, segments: 1 };
  await testApp.app.db.transaction((trx) => addCosts(trx, [price]));
}

async function insightsOf(batchId: string) {
  const summary = await getBatchSummary(testApp.app, { tenantId: testApp.tenantId, batchId });
  if (!summary) throw new Error('There is no such batch.');
  return getBatchInsights(testApp.app, summary);
}

test('what was estimated at the review stands once the batch is started, whatever is learnt later', async () => {
  const { batchId: other } = await testApp.draft(mobiles(1, 13_900_000_000));
  await learn(other, '0.03');
  const ready = await testApp.draft(mobiles(5));
  expect((await insightsOf(ready.batchId)).estimate).toBeNull();
  await quote(ready.batchId);
  await learn(other, '0.05');
  await quote(ready.batchId);
  const told = { least: '0.300000', median: '0.300000', most: '0.500000', currency: 'USD' };
  const { tenantId, userId } = testApp;
  await startBatch(testApp.app, { tenantId, userId, ...ready });
  await learn(other, '0.9');
  await quote(ready.batchId);
  expect((await insightsOf(ready.batchId)).estimate).toEqual({ sums: [told], unpriced: 1, messages: 6 });
});

test('what the provider took are messages with an id, each attempt one: not the refused, the unclear, the held back', async () => {
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
  const of = { provider: 'onbuka', batchId };
  const { db } = testApp.app;
  expect(await countTaken(db, of)).toBe(0);
  await submitChunk(testApp.app, batchId, 0);
  expect(await countTaken(db, of)).toBe(7);
  const recipients = () => db('sms_batch_buka_detail').where({ batch_id: batchId });
  const [failing] = await recipients().where({ status: 'sending' }).orderBy('id').limit(1).pluck('id');
  await recipients().where({ id: failing }).update({ status: 'failed' });
  await db('sms_batch')
    .where({ id: batchId })
    .update({ status: 'submitted', failed_count: 2, sending_count: 6 });
  const { tenantId, userId } = testApp;
  expect(await retryFailed(testApp.app, { tenantId, userId, batchId })).toMatchObject({ recipients: 2 });
  expect(await countTaken(db, of)).toBe(7);
  for (let turn = 0; turn < 3; turn += 1) await submitChunk(testApp.app, batchId, 0);
  expect(await countTaken(db, of)).toBe(9);
});
