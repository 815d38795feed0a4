import type { AppContext } from '../../../src/batches/app-context';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { pollDelivery } from '../../../src/batches/tracking/poll-delivery';
import { recordDeliveryReports } from '../../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../../src/batches/tracking/store-webhook';
import { openDatabase } from '../../../src/db/connect';
import { createTestApp, type TestApp } from '../../setup/app-context';
import { reportOf, webhookFixture } from '../tracking/webhook-fixture';

/** Two chunks. The process dies before each statement of the last reports in turn. */
const RECIPIENTS = 12;
const MOST_STATEMENTS = 100;

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

const { accepted, countsOf } = webhookFixture(() => testApp);

/** Runs `act` in a process that dies before this statement. Returns whether it survived to the end. */
async function dieAt(statement: number, act: (app: AppContext) => Promise<unknown>): Promise<boolean> {
  const databaseUrl = testApp.app.db.client.config.connection.connectionString;
  const database = await openDatabase({ databaseUrl, dataDir: '', log: testApp.app.log });
  let statements = 0;
  database.knex.on('query', () => {
    statements += 1;
    if (statements >= statement) throw new Error('the process has died');
  });
  const survived = await act({ ...testApp.app, db: database.knex }).then(
    () => true,
    () => false,
  );
  // Its open transactions end with its connections.
  await database.close();
  return survived;
}

async function countAnnouncements(batchId: string): Promise<number> {
  const { rows } = await testApp.app.db.raw(
    `select count(*)::int as n from bulk_sms_queue._private_jobs as job
     where key = ? and locked_at is null`,
    [`announce:${batchId}`],
  );
  return rows[0].n;
}

/** Dies at every statement in turn. After each death the next process does the waiting jobs. */
async function dieEverywhere(
  prepare: (batch: Awaited<ReturnType<typeof accepted>>) => Promise<void>,
  act: (app: AppContext, batchId: string) => Promise<unknown>,
): Promise<number> {
  for (let statement = 1; statement < MOST_STATEMENTS; statement += 1) {
    const batch = await accepted(RECIPIENTS);
    const { batchId } = batch;
    await prepare(batch);
    const survived = await dieAt(statement, (app) => act(app, batchId));
    const before = await countsOf(batchId);
    expect(await countAnnouncements(batchId)).toBe(before.status === 'completed' ? 1 : 0);
    await sweep(testApp.app);
    await act(testApp.app, batchId);
    expect(await countsOf(batchId)).toEqual({ delivered: RECIPIENTS, status: 'completed' });
    expect(await countAnnouncements(batchId)).toBe(1);
    if (survived) return statement;
  }
  throw new Error('It did not end within the most statements.');
}

test('completed by polling: right counts and one announcement, wherever the process dies', async () => {
  const statements = await dieEverywhere(
    async () => {
      for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
    },
    async (app, batchId) => {
      const at = { batchId, accountId: testApp.accountId };
      await pollDelivery(app, at);
      await pollDelivery(app, at);
    },
  );
  expect(statements).toBeGreaterThan(10);
}, 120_000);

test('completed by webhooks: right counts, one announcement and one charge, wherever the process dies', async () => {
  const statements = await dieEverywhere(
    async ({ sent }) => {
      const webhooks = sent.map((one) => ({
        kind: 'report' as const,
        body: JSON.stringify(reportOf(one)),
        accountIds: null,
      }));
      await storeWebhooks(testApp.app, 'onbuka', webhooks);
    },
    (app) => recordDeliveryReports(app, 'onbuka'),
  );
  expect(statements).toBeGreaterThan(10);
  const charged = await testApp.app.db('sms_batch_cost').distinct().pluck('messages');
  expect(charged).toEqual([RECIPIENTS]);
}, 120_000);
