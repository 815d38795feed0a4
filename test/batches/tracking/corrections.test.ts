import { openComparison } from '../../../src/batches/reconciling/compare-records';
import { recheckOutcomes } from '../../../src/batches/tracking/recheck-outcomes';
import { getBatchDetails } from '../../../src/batches/views/get-batch-details';
import { getBatchMessageStatus } from '../../../src/batches/views/get-batch-message-status';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from './webhook-fixture';

/** A provider corrects itself: a later `delivered` wins, whoever tells it, and both outcomes stay in the history. */
let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const { push, accepted, countsOf } = webhookFixture(() => testApp);

async function twoFailed() {
  const { batchId, sent } = await accepted(2);
  await push(...sent.map((one) => reportOf(one, { status: 1, reason: 'EXPIRED' })));
  expect(await countsOf(batchId)).toEqual({ failed: 2, status: 'completed' });
  for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
  return { batchId, sent };
}

const changes = () =>
  testApp.app.db('sms_outcome_change').orderBy('id').select('was_status', 'was_by', 'said_status', 'said_by');

async function compareToday(): Promise<unknown[]> {
  const today = new Date().toISOString().slice(0, 10);
  const { tenantId, userId } = testApp;
  const range = { tenantId, userId, provider: 'onbuka', from: today, to: today, timeZone: 'UTC' };
  const { differences } = await openComparison(testApp.app, range);
  const found = [];
  for await (const block of differences()) found.push(...block);
  return found;
}

const WAYS: [
  string,
  (batchId: string, sent: Parameters<typeof reportOf>[0][]) => Promise<unknown>,
  string,
][] = [
  ['push', (_batchId, sent) => push(...sent.map((one) => reportOf(one))), 'push'],
  ['poll', (batchId) => recheckOutcomes(testApp.app, { batchId, accountId: testApp.accountId }), 'poll'],
  ['comparison', () => compareToday(), 'reconcile'],
];

test.each(WAYS)(
  'by %s: failed becomes delivered, the counts follow, and both stay in the history',
  async (_, tell, by) => {
    const { batchId, sent } = await twoFailed();
    await tell(batchId, sent);
    expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
    const change = { was_status: 'failed', was_by: 'push', said_status: 'delivered', said_by: by };
    expect(await changes()).toEqual([change, change]);
    const query = { batchId, filter: 'all', search: '+8613800138000', page: 1, pageSize: 10 } as const;
    const shown = await getBatchDetails(testApp.app, testApp.actor, query);
    expect(shown?.history).toMatchObject([
      {
        status: 'delivered',
        otherOutcomes: [{ kind: 'corrected', status: 'failed', reason: 'EXPIRED', source: 'push' }],
      },
    ]);
  },
);

test('a failed after delivered is kept as a contradiction, shown, and changes no count', async () => {
  const { batchId, sent } = await accepted(2);
  await push(...sent.map((one) => reportOf(one)));
  for (const one of testApp.provider.statuses.values()) one.status = 'failed';
  await push(reportOf(sent[0], { status: 1, reason: 'UNDELIV' }));
  expect(await compareToday()).toHaveLength(2);
  await push(reportOf(sent[0], { status: 1, reason: 'UNDELIV' }));
  expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
  expect((await changes()).map((one) => [one.was_status, one.said_status, one.said_by])).toEqual([
    ['delivered', 'failed', 'push'],
    ['delivered', 'failed', 'reconcile'],
  ]);
  const live = await getBatchMessageStatus(testApp.app, testApp.actor, batchId);
  expect(live).toMatchObject({ result: { insights: { contradicted: 2 } } });
});

test('a refresh shows what it learns of those who failed, stores nothing, and enqueues the poll that does', async () => {
  const { batchId } = await twoFailed();
  const { db } = testApp.app;
  const live = await getBatchMessageStatus(testApp.app, testApp.actor, batchId);
  expect(live).toMatchObject({ kind: 'answered', result: { asked: 2, counts: { failed: 0, delivered: 2 } } });
  expect(await countsOf(batchId)).toEqual({ failed: 2, status: 'completed' });
  expect(await changes()).toEqual([]);
  const jobs = await db('bulk_sms_queue.jobs').where({ task_identifier: 'recheck-outcomes' }).pluck('key');
  expect(jobs).toEqual([`recheck:${batchId}:${testApp.accountId}`]);
  await recheckOutcomes(testApp.app, { batchId, accountId: testApp.accountId });
  expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
});

test('what stayed unknown when the batch completed is recorded by the same poll', async () => {
  const { batchId } = await accepted(2);
  const { db } = testApp.app;
  await db('sms_batch').update({ submitted_at: db.raw(`now() - interval '2 hours'`) });
  testApp.app.settings.deliveryHorizonMs = 3_600_000;
  await testApp.poll(batchId);
  expect(await countsOf(batchId)).toEqual({ unknown: 2, status: 'completed' });
  for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
  await recheckOutcomes(testApp.app, { batchId, accountId: testApp.accountId });
  expect(await countsOf(batchId)).toEqual({ delivered: 2, status: 'completed' });
});
