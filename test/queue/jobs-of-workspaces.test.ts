import { enqueueLane, enqueuePoll, enqueueReconcile } from '../../src/batches/enqueue-jobs';
import { enqueue } from '../../src/queue/enqueue';
import { parsePayload } from '../../src/queue/former-jobs';
import { DONE } from '../../src/queue/job-result';
import { ensureTenant } from '../../src/tenants/tenant';
import { createTestApp, mobiles, type TestApp } from '../setup/app-context';
import { createTestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { startTestWorker } from './start-test-worker';

describe('the payload of a job for a batch', () => {
  let testApp: TestApp;
  beforeEach(async () => {
    testApp = await createTestApp();
  });
  afterEach(() => testApp.close());

  async function jobOf(key: string): Promise<{ name: string; payload: unknown }> {
    const row = await testApp.app
      .db('bulk_sms_queue._private_jobs as jobs')
      .join('bulk_sms_queue._private_tasks as tasks', 'tasks.id', 'jobs.task_id')
      .where({ key })
      .first('tasks.identifier', 'jobs.payload');
    return { name: row?.identifier, payload: row?.payload };
  }

  it('names the workspace of the batch, and the name of the job does not', async () => {
    const { app, tenantId } = testApp;
    const { batchId: own } = await testApp.draft(mobiles(1));
    const { batchId: foreign } = await testApp.draft(mobiles(1));
    const other = await ensureTenant(app.db, { slackTeamId: 'T0002', name: 'Other' });
    await app.db('sms_batch').where({ id: foreign }).update({ tenant_id: other.id });
    await enqueue(app.db, 'post-alert', { batchId: own }, { key: 'own', tenantOf: own });
    await enqueue(app.db, 'post-alert', { batchId: foreign }, { key: 'foreign', tenantOf: foreign });
    const [ofOwn, ofForeign] = [await jobOf('own'), await jobOf('foreign')];
    expect(ofOwn).toEqual({ name: 'post-alert', payload: { tenantId, batchId: own } });
    expect(ofForeign).toEqual({ name: 'post-alert', payload: { tenantId: other.id, batchId: foreign } });
    // What was enqueued is what a handler gets.
    expect(parsePayload('post-alert', ofForeign.payload)).toEqual(ofForeign.payload);
  });

  it('names the workspace of a batch that the same transaction has made', async () => {
    const { batchId } = await testApp.draft(mobiles(1));
    const payload = { tenantId: testApp.tenantId, batchId };
    expect(await jobOf(`import:${batchId}`)).toEqual({ name: 'import-recipients', payload });
  });

  it('names the workspace of a batch that is sent, tracked and reconciled at an account', async () => {
    const { app, tenantId, accountId } = testApp;
    const { batchId } = await testApp.draft(mobiles(1));
    await enqueueLane(app.db, batchId, accountId, 3);
    await enqueuePoll(app.db, batchId, accountId, 0);
    await enqueueReconcile(app.db, batchId, accountId);
    const payload = { tenantId, batchId, accountId };
    const at = `${batchId}:${accountId}`;
    const inLane = { ...payload, lane: 3 };
    expect(await jobOf(`submit:${at}:3`)).toEqual({ name: 'submit-chunk', payload: inLane });
    expect(await jobOf(`poll:${at}`)).toEqual({ name: 'poll-delivery', payload });
    expect(await jobOf(`reconcile:${at}`)).toEqual({ name: 'reconcile', payload });
  });

  it('names no workspace where it is not asked to', async () => {
    const payload = { provider: 'onbuka' };
    await enqueue(testApp.app.db, 'record-inbound', payload, { key: 'without' });
    expect(await jobOf('without')).toEqual({ name: 'record-inbound', payload });
  });

  it('cannot be enqueued without its workspace', async () => {
    const { db } = testApp.app;
    const payload = { batchId: '1', accountId: '2' };
    // @ts-expect-error: neither a tenantId nor a batch to take it from.
    await enqueue(db, 'reconcile', payload, { key: 'without' });
    // @ts-expect-error: a kind that has no workspace.
    await enqueue(db, 'record-inbound', { provider: 'onbuka' }, { key: 'with', tenantOf: '1' });
    const { payload: without } = await jobOf('without');
    expect(() => parsePayload('reconcile', without)).toThrow('tenantId');
  });
});

it('every process does the jobs of every workspace', async () => {
  const database = await createTestDatabase();
  const jobs = ['1', '2'].map((tenantId) => ({ tenantId, batchId: `${tenantId}0` }));
  for (const job of jobs) await enqueue(database.knex, 'refresh-status-message', job);
  const done: unknown[] = [];
  const worker = await startTestWorker(database.url, {
    'refresh-status-message': async (payload) => {
      done.push(payload);
      return DONE;
    },
  });
  await until(
    async () => done,
    (all) => all.length === jobs.length,
  );
  expect(new Set(done)).toEqual(new Set(jobs));
  await worker.stop();
  await database.drop();
});
