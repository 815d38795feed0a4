import { getBatchSummary } from '../../../src/batches/views/get-batch-summary';
import { ProviderError } from '../../../src/providers/sms-provider';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';
import { uncertainSince } from '../sending/send-outcomes';

/** A question that failed is not an empty answer: people are asked to decide only after the provider was heard. */
let testApp: TestApp;
let ask: TestApp['provider']['queryMessageStatusByTimeRange'];
beforeEach(async () => {
  testApp = await createTestApp();
  ask = testApp.provider.queryMessageStatusByTimeRange;
});
afterEach(() => testApp.close());

const HOUR_MS = 3_600_000;
const summary = (batchId: string) => getBatchSummary(testApp.app, testApp.actor, batchId);
const fails = (code: string) => {
  // biome-ignore lint/correctness/useYield: it fails before its first page
  testApp.provider.queryMessageStatusByTimeRange = async function* () {
    throw new ProviderError(code, 'busy', 'no answer');
  };
};

test.each(['http_502', '-18', 'unreadable_reply', 'cut_off'])(
  'after %s people learn that the provider could not be asked, once, and decide nothing',
  async (code) => {
    const batchId = await uncertainSince(testApp, HOUR_MS, mobiles(2));
    fails(code);
    for (let round = 0; round < 3; round += 1) {
      await testApp.reconcile(batchId);
      await testApp.app.db('rate_limit').delete();
    }
    expect(await summary(batchId)).toMatchObject({
      alert: { kind: 'unanswered', number: 1 },
      unanswered: code,
      awaitsDecision: false,
    });
    // It answers at last: now it has no record of them, and people decide.
    testApp.provider.queryMessageStatusByTimeRange = ask;
    await testApp.reconcile(batchId);
    expect(await summary(batchId)).toMatchObject({
      alert: { kind: 'uncertain', number: 2 },
      unanswered: null,
      awaitsDecision: true,
    });
  },
);

test('an answer from before the settle time does not count: a text may still have been missing', async () => {
  const batchId = await uncertainSince(testApp, 1_000, mobiles(2));
  await testApp.reconcile(batchId);
  const { db } = testApp.app;
  for (const [table, columns] of [
    ['sms_submission', ['started_at', 'finished_at']],
    ['sms_batch_account', ['records_answered_at']],
  ] as const) {
    const back = columns.map((column) => [column, db.raw(`?? - interval '1 hour'`, [column])]);
    await db(table).update(Object.fromEntries(back));
  }
  fails('http_502');
  await testApp.reconcile(batchId);
  expect(await summary(batchId)).toMatchObject({ alert: { kind: 'unanswered' }, awaitsDecision: false });
});

test('what is proved in one range of time stays proved where another could not be asked', async () => {
  const old = await uncertainSince(testApp, 5 * HOUR_MS, mobiles(1));
  const { db } = testApp.app;
  await db('sms_batch').update({ status: 'submitted' });
  testApp.provider.statuses.set('late', { number: '+8613800138000', status: 'delivered' });
  await testApp.reconcile(old);
  expect(await testApp.recipients(old)).toEqual({ delivered: 1 });
});
