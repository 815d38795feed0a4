import { enqueue } from '../../src/queue/enqueue';
import { DONE, type JobResult, snooze, waitForTurn } from '../../src/queue/job-result';
import { settleDeadWorkers } from '../../src/queue/settle-dead-workers';
import type { Worker } from '../../src/queue/start-worker';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { dieWithJobs, waitingJobs } from './dead-process';
import { startTestWorker } from './start-test-worker';

const PAYLOAD = { tenantId: '3', batchId: '1', accountId: '2' };
const OPTIONS = { key: 'reconcile:1:2', priority: 3 };
/** So long that it does not run by itself during a test. */
const SNOOZE_MS = 600_000;

interface Job {
  id: string;
  task_identifier: string;
  payload: unknown;
  key: string | null;
  priority: number;
  attempts: number;
  max_attempts: number;
  run_at: Date;
  locked_at: Date | null;
}

let database: TestDatabase;
let worker: Worker;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await worker.stop();
  await database.drop();
});

/** Starts a worker whose only job that does anything is this one, by the number of its run. */
async function startReconciling(
  run: (number: number) => Promise<JobResult>,
): Promise<{ payload: unknown; tryNumber: number }[]> {
  const runs: { payload: unknown; tryNumber: number }[] = [];
  worker = await startTestWorker(database.url, {
    reconcile: (payload, tryNumber) => {
      runs.push({ payload, tryNumber });
      return run(runs.length);
    },
  });
  return runs;
}

async function jobs(): Promise<Job[]> {
  const rows = await database
    .knex('bulk_sms_queue._private_jobs as job')
    .join('bulk_sms_queue.jobs as shown', 'shown.id', 'job.id')
    .select('job.*', 'shown.task_identifier');
  return rows;
}

/** The one job that is left, once none runs. */
async function waitingJob(): Promise<Job> {
  const [job] = await until(jobs, (all) => all.length === 1 && all[0]?.locked_at === null);
  return job as Job;
}

const databaseNow = async (): Promise<number> => {
  const { rows } = await database.knex.raw('select clock_timestamp() as now');
  return rows[0].now.getTime();
};

const runNow = (job: Job) =>
  database.knex.raw('select bulk_sms_queue.reschedule_jobs(array[?::bigint], now())', [job.id]);

test('a job that snoozes runs once more when its time has come, with the same payload, key and priority', async () => {
  await enqueue(database.knex, 'reconcile', PAYLOAD, OPTIONS);
  const [first] = await jobs();
  const begunAt = await databaseNow();
  const runs = await startReconciling(async (number) => (number === 1 ? snooze(SNOOZE_MS) : DONE));
  await until(
    async () => runs,
    (all) => all.length === 1,
  );
  const second = await waitingJob();
  expect(second.id).not.toBe(first?.id);
  expect(second).toMatchObject({
    ...OPTIONS,
    task_identifier: 'reconcile',
    payload: PAYLOAD,
    attempts: 0,
    max_attempts: first?.max_attempts,
  });
  expect(second.run_at.getTime()).toBeGreaterThanOrEqual(begunAt + SNOOZE_MS);
  expect(second.run_at.getTime()).toBeLessThanOrEqual((await databaseNow()) + SNOOZE_MS);

  await runNow(second);
  await until(jobs, (all) => all.length === 0);
  expect(runs).toEqual([
    { payload: PAYLOAD, tryNumber: 1 },
    { payload: PAYLOAD, tryNumber: 1 },
  ]);
});

test('a job without a key snoozes too', async () => {
  await enqueue(database.knex, 'reconcile', PAYLOAD);
  const runs = await startReconciling(async (number) => (number < 4 ? snooze(0) : DONE));
  await until(jobs, (all) => all.length === 0);
  expect(runs).toEqual(Array(4).fill({ payload: PAYLOAD, tryNumber: 1 }));
});

test('a job of the same key that waits already keeps its earlier time, and none is added', async () => {
  const { knex } = database;
  let enqueued: Job[] = [];
  await enqueue(knex, 'reconcile', PAYLOAD, OPTIONS);
  const runs = await startReconciling(async (number) => {
    if (number > 1) return DONE;
    // Something has changed while the job runs: it is enqueued for that.
    await enqueue(knex, 'reconcile', PAYLOAD, { ...OPTIONS, delayMs: SNOOZE_MS / 2 });
    enqueued = (await jobs()).filter((job) => job.locked_at === null);
    return snooze(SNOOZE_MS);
  });
  await until(
    async () => runs,
    (all) => all.length === 1,
  );
  const waiting = await waitingJob();
  expect(enqueued).toHaveLength(1);
  expect(waiting).toMatchObject({ ...OPTIONS, id: enqueued[0]?.id, payload: PAYLOAD });
  expect(waiting.run_at).toEqual(enqueued[0]?.run_at);
  await runNow(waiting);
  await until(jobs, (all) => all.length === 0);
  expect(runs).toHaveLength(2);
});

test('a job that had failed before it snoozes counts its tries from the start', async () => {
  await enqueue(database.knex, 'reconcile', PAYLOAD, OPTIONS);
  const runs = await startReconciling(async (number) => {
    if (number === 1) throw new Error('tried once');
    return number === 2 ? snooze(0) : DONE;
  });
  await until(jobs, (all) => all.length === 0);
  expect(runs.map(({ tryNumber }) => tryNumber)).toEqual([1, 2, 1]);
});

describe('a suspect', () => {
  const settle = () => database.knex.transaction(settleDeadWorkers);
  const deaths = () => database.knex('job_death');

  /** A process has died with an import, which then runs once, with this result. */
  async function runSuspect(result: JobResult): Promise<void> {
    const { knex } = database;
    await enqueue(knex, 'import-recipients', { tenantId: '1', batchId: '7' }, { key: 'import:7' });
    await dieWithJobs(knex, 'dead-1');
    await settle();
    let runs = 0;
    worker = await startTestWorker(database.url, {
      'import-recipients': async () => {
        runs += 1;
        return result;
      },
    });
    await until(
      async () => runs,
      (count) => count === 1,
    );
    await waitingJob();
  }

  test('that waits for its turn stays one, with its deaths', async () => {
    await runSuspect(waitForTurn(SNOOZE_MS));
    await settle();
    expect(await waitingJobs(database.knex)).toMatchObject([{ key: 'import:7', isAlone: true }]);
    expect(await deaths()).toMatchObject([{ worker: 'dead-1' }]);
  });

  test('that has run and snoozes stays in its queue, without its deaths', async () => {
    await runSuspect(snooze(SNOOZE_MS));
    await settle();
    expect(await waitingJobs(database.knex)).toMatchObject([{ key: 'import:7', isAlone: true }]);
    expect(await deaths()).toEqual([]);
  });
});
