import { keepLiveness, type WorkerLiveness } from '../../src/db/worker-liveness';
import { createLog } from '../../src/log';
import { enqueue } from '../../src/queue/enqueue';
import { DONE } from '../../src/queue/job-result';
import { settleDeadWorkers } from '../../src/queue/settle-dead-workers';
import { startWorker, type Worker } from '../../src/queue/start-worker';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { idleHandlers } from './start-test-worker';

let database: TestDatabase;
let liveness: WorkerLiveness;
let worker: Worker;
const started: string[] = [];
let letGo = () => {};

beforeAll(async () => {
  database = await createTestDatabase();
  const log = createLog('silent');
  liveness = await keepLiveness(database.url, log);
  const hanging = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const handlers = {
    ...idleHandlers(),
    'import-recipients': async ({ batchId }: { batchId: string }) => {
      started.push(batchId);
      await hanging;
      return DONE;
    },
  };
  worker = await startWorker({
    connectionString: database.url,
    handlers,
    liveness,
    submitConcurrency: 1,
    log,
  });
});
afterAll(async () => {
  letGo();
  await worker.stop();
  await liveness.stop();
  await database.drop();
});

/** As a suspect, which waits in the queue of suspects. */
const wantImport = (batchId: string) =>
  database.knex.transaction(async (trx) => {
    await trx('bulk_sms_queue._private_job_queues').insert({ queue_name: 'suspects' }).onConflict().ignore();
    await enqueue(trx, 'import-recipients', { tenantId: '1', batchId }, { key: batchId });
    const queue = trx('bulk_sms_queue._private_job_queues').where({ queue_name: 'suspects' }).select('id');
    await trx('bulk_sms_queue._private_jobs').where({ key: batchId }).update({ job_queue_id: queue });
  });
const settle = () => database.knex.transaction(settleDeadWorkers);
const jobs = () => database.knex('bulk_sms_queue._private_jobs');
const queues = () => database.knex('bulk_sms_queue._private_job_queues');
const untilStarted = (batchId: string) =>
  until(
    async () => started,
    (all) => all.includes(batchId),
  );

test('a queue whose job was ended by a process that only seemed dead holds up nobody', async () => {
  await wantImport('7');
  await untilStarted('7');
  await wantImport('8');
  await settle();
  // A job that is in hand keeps its queue.
  expect(await queues().whereNotNull('locked_by')).toHaveLength(1);
  // The library deletes what it has ended by its id, whoever has it in hand, and opens no queue when there is none to delete.
  await jobs().whereNotNull('locked_by').delete();
  letGo();
  await until(
    async () => {
      await settle();
      return started;
    },
    (all) => all.includes('8'),
    20_000,
  );
});
