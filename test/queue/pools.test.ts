import { enqueue, queueOf } from '../../src/queue/enqueue';
import { FORMER_NAMES } from '../../src/queue/former-jobs';
import { DONE, snooze } from '../../src/queue/job-result';
import { JOBS, type JobHandlers, type JobKind } from '../../src/queue/jobs';
import { JOBS_AT_ONCE, kindsOf, POOL_NAMES, POOL_OF } from '../../src/queue/pools';
import type { Worker } from '../../src/queue/start-worker';
import { createTestApp, type TestApp } from '../setup/app-context';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { startTestWorker } from './start-test-worker';

test('every kind of job is in exactly one pool, and every pool has a kind', () => {
  const kinds = POOL_NAMES.flatMap(kindsOf);
  expect([...kinds].sort()).toEqual(Object.keys(JOBS).sort());
  expect(POOL_NAMES.filter((pool) => kindsOf(pool).length === 0)).toEqual([]);
  expect(Object.values(FORMER_NAMES).filter((kind) => !kinds.includes(kind))).toEqual([]);
});

describe('a worker', () => {
  let database: TestDatabase;
  let worker: Worker;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test.each(POOL_NAMES)(
    'does every other kind of job while all that "%s" can do at once hang',
    async (pool) => {
      const done = new Set<JobKind>();
      const release = createLatch();
      let hanging = 0;
      const handlers = Object.fromEntries(
        (Object.keys(JOBS) as JobKind[]).map((kind) => [
          kind,
          async () => {
            if (POOL_OF[kind] === pool) {
              hanging += 1;
              await release.opened;
            }
            done.add(kind);
            return DONE;
          },
        ]),
      ) as unknown as JobHandlers;
      worker = await startTestWorker(database.url, handlers);
      const hangs = kindsOf(pool)[0] as JobKind;
      for (let job = 0; job < 8; job += 1) await enqueueAny(hangs);
      // The test worker submits one chunk at a time.
      const atOnce = pool === 'sending' ? 1 : JOBS_AT_ONCE[pool];
      await until(
        async () => hanging,
        (count) => count === atOnce,
      );
      const others = (Object.keys(JOBS) as JobKind[]).filter((kind) => POOL_OF[kind] !== pool);
      for (const kind of others) await enqueueAny(kind);
      await until(
        async () => done.size,
        (size) => size === others.length,
      );
      expect([...done].sort()).toEqual(others.sort());
      expect(hanging).toBe(atOnce);
      release.open();
      await worker.stop();
    },
  );

  async function enqueueAny(kind: JobKind): Promise<void> {
    await enqueue(database.knex, kind, PAYLOADS[kind] as never);
  }
});

describe('the lists of one person', () => {
  let testApp: TestApp;
  beforeEach(async () => {
    testApp = await createTestApp();
  });
  afterEach(() => testApp.close());

  /** Drafts of two people, whose readings are enqueued in this order. */
  async function enqueueDrafts(drafts: Record<string, string>): Promise<void> {
    for (const [batchId, ownerId] of Object.entries(drafts)) {
      await enqueue(
        testApp.app.db,
        'import-recipients',
        { tenantId: testApp.tenantId, batchId },
        { key: batchId, queue: `import:${ownerId}` },
      );
    }
  }

  it('are read one after the other, so that another person’s list is read beside sixty of them', async () => {
    const read: string[] = [];
    const release = createLatch();
    const sixty = Object.fromEntries(Array.from({ length: 60 }, (_, draft) => [`1${draft}`, '1']));
    await enqueueDrafts({ ...sixty, '999': '2' });
    const worker = await startTestWorker(testApp.connectionString, {
      'import-recipients': async ({ batchId }) => {
        read.push(batchId);
        if (batchId !== '999') await release.opened;
        return DONE;
      },
    });
    await until(
      async () => read,
      (all) => all.length === 2,
    );
    expect(new Set(read)).toEqual(new Set(['10', '999']));
    release.open();
    await until(
      async () => read,
      (all) => all.length === 61,
    );
    await worker.stop();
  });

  it('are held up by none that waits for a later time, after it has snoozed or failed', async () => {
    const read: string[] = [];
    await enqueueDrafts({ '1': '1', '2': '1', '3': '1' });
    const worker = await startTestWorker(testApp.connectionString, {
      'import-recipients': async ({ batchId }) => {
        read.push(batchId);
        if (batchId === '1') return snooze(600_000);
        if (batchId === '2') throw new Error('tried once');
        return DONE;
      },
    });
    await until(
      async () => read,
      (all) => all.includes('3'),
    );
    await worker.stop();
    const { rows } = await testApp.app.db.raw(
      `select payload->>'batchId' as batch, queue_name from bulk_sms_queue._private_jobs as jobs
       join bulk_sms_queue._private_job_queues as queues on queues.id = job_queue_id order by 1`,
    );
    // Whatever runs it next, it is in its queue still.
    expect(rows).toEqual(['1', '2'].map((batch) => ({ batch, queue_name: 'import:1' })));
  });

  it('are in a queue by their owner, of which there is a bounded number', async () => {
    const { app, userId } = testApp;
    const { batchId } = await testApp.draft(['13800138000']);
    const job = await app
      .db('bulk_sms_queue._private_jobs as jobs')
      .join('bulk_sms_queue._private_job_queues as queues', 'queues.id', 'jobs.job_queue_id')
      .where({ key: `import:${batchId}` })
      .first('queue_name');
    expect(job).toEqual({ queue_name: queueOf('import', userId) });
    const people = Array.from({ length: 200 }, (_, index) => String(index + 1));
    expect(new Set(people.map((id) => queueOf('import', id))).size).toBe(64);
  });
});

/** Keeps waiting whoever waits for `opened`. */
function createLatch(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const AT_ACCOUNT = { tenantId: '1', batchId: '1', accountId: '1' };
const PAYLOADS: Record<JobKind, object> = {
  'submit-chunk': { ...AT_ACCOUNT, lane: 0 },
  'show-review': AT_ACCOUNT,
  'announce-completion': AT_ACCOUNT,
  'post-alert': AT_ACCOUNT,
  'tell-put-aside': { tenantId: '1', deadJobId: '1' },
  'refresh-status-message': AT_ACCOUNT,
  'poll-delivery': AT_ACCOUNT,
  'recheck-outcomes': AT_ACCOUNT,
  reconcile: AT_ACCOUNT,
  'record-delivery-reports': { provider: 'onbuka' },
  'record-inbound': { provider: 'onbuka' },
  sweep: {},
  'import-recipients': AT_ACCOUNT,
  'export-batch': { ...AT_ACCOUNT, id: '1', userId: '1', part: 'recipients' },
  'compare-with-provider': {
    ...{ id: '1', askedAt: '2026-11-20T00:00:00Z', tenantId: '1', userId: '1', provider: 'onbuka' },
    ...{ from: '2026-11-20', to: '2026-11-21', timeZone: 'UTC' },
  },
};
