import { randomUUID } from 'node:crypto';
import { keepLiveness } from '../../src/db/worker-liveness';
import { createLog } from '../../src/log';
import { type DeadJob, dropDeadJob, listDeadJobs, retryDeadJob } from '../../src/queue/dead-jobs';
import { enqueue } from '../../src/queue/enqueue';
import { DONE } from '../../src/queue/job-result';
import { settleDeadWorkers } from '../../src/queue/settle-dead-workers';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { dieWithJobs, waitingJobs } from './dead-process';
import { startTestWorker } from './start-test-worker';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const settle = () => database.knex.transaction(settleDeadWorkers);
const listDead = (): Promise<DeadJob[]> => listDeadJobs(database.knex, 10);
const waiting = () => waitingJobs(database.knex);

/** A process takes all that waits and dies; another one notices. */
async function die(worker: string): Promise<void> {
  await dieWithJobs(database.knex, worker);
  await settle();
}

const exportOf = (batchId: string, id = randomUUID()) =>
  ({ id, tenantId: '1', batchId, userId: '2', part: 'recipients' }) as const;
const wantExport = (payload = exportOf('7')) =>
  enqueue(database.knex, 'export-batch', payload, { key: `export:${payload.batchId}` });
const lane = { tenantId: '1', batchId: '7', accountId: '3', lane: 0 };
const wantLane = () =>
  enqueue(database.knex, 'submit-chunk', lane, { key: 'submit:7:3:0', onWaiting: 'retime' });

test('a job whose process died runs again, apart from other suspects, and the run counts as no failed try', async () => {
  await wantExport();
  await die('dead-1');
  expect(await waiting()).toEqual([{ name: 'export-batch', key: 'export:7', isAlone: true }]);
  expect(await database.knex('bulk_sms_queue._private_jobs').pluck('attempts')).toEqual([0]);
  expect(await database.knex('job_death').pluck('worker')).toEqual(['dead-1']);
  expect(await listDead()).toEqual([]);
});

test('after a second death it is put aside, and never begun a third time', async () => {
  await wantExport();
  await die('dead-1');
  await dieWithJobs(database.knex, 'dead-2');
  const { putAside, freed } = await settle();
  expect(putAside).toMatchObject([{ name: 'export-batch', key: 'export:7', deaths: 2, retryAt: null }]);
  expect(freed).toEqual([]);
  expect(await listDead()).toMatchObject([{ id: putAside[0]?.id, name: 'export-batch', deaths: 2 }]);
  expect(await database.knex('bulk_sms_queue._private_jobs')).toEqual([]);
  await settle();
  expect(await waiting()).toEqual([]);
});

test('the same export that a person asks for anew gets a fresh start beside the one that is put aside', async () => {
  await wantExport();
  await die('dead-1');
  await die('dead-2');
  await wantExport();
  await die('dead-3');
  expect(await waiting()).toHaveLength(1);
  expect(await listDead()).toHaveLength(1);
});

test('one that was enqueued again while it ran is the same job: its deaths count together, and none is left', async () => {
  const batch = { tenantId: '1', batchId: '7' };
  const wantImport = () => enqueue(database.knex, 'import-recipients', batch, { key: 'import:7' });
  await wantImport();
  await dieWithJobs(database.knex, 'dead-1');
  await wantImport();
  await settle();
  expect(await waiting()).toEqual([{ name: 'import-recipients', key: 'import:7', isAlone: true }]);
  await dieWithJobs(database.knex, 'dead-2');
  await wantImport();
  await settle();
  expect(await waiting()).toEqual([]);
  expect(await listDead()).toMatchObject([{ name: 'import-recipients', key: 'import:7', deaths: 2 }]);
});

test('a job that ended between two deaths begins without the first', async () => {
  await enqueue(database.knex, 'show-review', { tenantId: '1', batchId: '7' }, { key: 'review:7' });
  await die('dead-1');
  await database.knex('bulk_sms_queue._private_jobs').delete();
  await settle();
  await enqueue(database.knex, 'show-review', { tenantId: '1', batchId: '7' }, { key: 'review:7' });
  await die('dead-2');
  expect(await waiting()).toHaveLength(1);
  expect(await listDead()).toEqual([]);
});

test('a process that only seemed dead and comes back takes its deaths with it', async () => {
  const liveness = await keepLiveness(database.url, createLog('silent'));
  await wantExport();
  await die('pool-back');
  const held = liveness.hold('pool-back');
  await until(
    async () => {
      await settle();
      return database.knex('job_death');
    },
    (deaths) => deaths.length === 0,
  );
  held.release();
  await liveness.stop();
  await die('dead-2');
  expect(await waiting()).toHaveLength(1);
});

test('a job that moves a batch is put aside after ten deaths for an hour, and nothing enqueues it meanwhile', async () => {
  await wantLane();
  for (let death = 1; death <= 9; death += 1) {
    await die(`dead-${death}`);
    // What lives sees to it that it waits.
    await wantLane();
  }
  expect(await waiting()).toEqual([{ name: 'submit-chunk', key: 'submit:7:3:0', isAlone: false }]);
  await die('dead-10');
  await wantLane();
  expect(await waiting()).toEqual([]);
  const [aside] = await listDead();
  expect(aside).toMatchObject({ name: 'submit-chunk', deaths: 10 });
  const waitsMs = (aside?.retryAt?.getTime() ?? 0) - (aside?.putAsideAt.getTime() ?? 0);
  expect(Math.abs(waitsMs - 3_600_000)).toBeLessThan(60_000);

  await database.knex('dead_job').update({ retry_at: database.knex.fn.now() });
  await settle();
  expect(await waiting()).toEqual([{ name: 'submit-chunk', key: 'submit:7:3:0', isAlone: false }]);
  expect(await listDead()).toEqual([]);
});

test('the sweep is never put aside', async () => {
  await enqueue(database.knex, 'sweep', {}, { key: 'sweep' });
  for (let death = 1; death <= 12; death += 1) await die(`dead-${death}`);
  expect(await waiting()).toEqual([{ name: 'sweep', key: 'sweep', isAlone: false }]);
});

test('a lane whose turn ends between two deaths, and is followed by the next one, begins anew', async () => {
  await wantLane();
  for (let death = 1; death <= 12; death += 1) {
    await die(`dead-${death}`);
    if (death % 8 > 0) continue;
    // As a turn that ends: the next one waits, and it is gone.
    await dieWithJobs(database.knex, 'alive');
    await wantLane();
    await database.knex('bulk_sms_queue._private_jobs').where({ locked_by: 'alive' }).delete();
  }
  expect(await waiting()).toHaveLength(1);
  expect(await database.knex('job_death')).toHaveLength(4);
});

test('an operator’s retry begins it again, apart, and one more death puts it aside at once', async () => {
  await wantExport();
  await die('dead-1');
  await die('dead-2');
  const [aside] = await listDead();
  const id = aside?.id ?? '';
  expect(await database.knex.transaction((trx) => retryDeadJob(trx, id))).toMatchObject({ id });
  expect(await waiting()).toEqual([{ name: 'export-batch', key: 'export:7', isAlone: true }]);
  expect(await database.knex.transaction((trx) => retryDeadJob(trx, id))).toBeNull();
  await die('dead-3');
  expect(await waiting()).toEqual([]);
  expect(await listDead()).toMatchObject([{ name: 'export-batch' }]);
});

test('an operator’s drop forgets it; an id that is none drops nothing', async () => {
  await wantExport();
  await die('dead-1');
  await die('dead-2');
  const [aside] = await listDead();
  for (const id of ['', '0', 'x', '99999', '1; drop table dead_job']) {
    expect(await dropDeadJob(database.knex, id)).toBeNull();
  }
  expect(await dropDeadJob(database.knex, aside?.id ?? '')).toMatchObject({ id: aside?.id });
  expect(await listDead()).toEqual([]);
});

test('of six that a process held, only the one to blame dies again: suspects run one at a time, others beside them', async () => {
  const culprit = exportOf('100');
  await wantExport(culprit);
  for (let batch = 101; batch <= 105; batch += 1) await wantExport(exportOf(String(batch)));
  await die('dead-1');
  const ended: string[] = [];
  const atOnce = { now: 0, most: 0 };
  let survive = () => {};
  const deadly = new Promise<void>((resolve) => {
    survive = resolve;
  });
  const worker = await startTestWorker(database.url, {
    'export-batch': async ({ batchId }) => {
      atOnce.now += 1;
      atOnce.most = Math.max(atOnce.most, atOnce.now);
      if (batchId === culprit.batchId) await deadly;
      else ended.push(batchId);
      atOnce.now -= 1;
      return DONE;
    },
    'poll-delivery': async ({ batchId }) => {
      ended.push(batchId);
      return DONE;
    },
  });
  await until(
    async () => atOnce.now,
    (now) => now === 1,
  );
  await enqueue(database.knex, 'poll-delivery', { tenantId: '1', batchId: 'other', accountId: '3' });
  await until(
    async () => ended,
    (all) => all.includes('other'),
  );
  expect(ended).toEqual(['other']);
  // Its process dies: who was not in hand has no second death.
  for (const table of ['_private_jobs', '_private_job_queues']) {
    await database.knex(`bulk_sms_queue.${table}`).whereNotNull('locked_by').update({ locked_by: 'dead-2' });
  }
  const { putAside } = await settle();
  expect(putAside).toMatchObject([{ payload: culprit, deaths: 2 }]);
  await until(
    async () => ended,
    (all) => all.length === 6,
  );
  expect(atOnce.most).toBe(2);
  survive();
  await worker.stop();
  expect(ended.slice(1).sort()).toEqual(['101', '102', '103', '104', '105']);
  expect(await listDead()).toHaveLength(1);
});
