import { enqueue } from '../../src/queue/enqueue';
import { FORMER_NAMES } from '../../src/queue/former-jobs';
import { DONE } from '../../src/queue/job-result';
import { JOBS, type JobHandlers, type JobKind } from '../../src/queue/jobs';
import { JOBS_AT_ONCE, kindsOf, POOL_NAMES, POOL_OF } from '../../src/queue/pools';
import type { Worker } from '../../src/queue/start-worker';
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
