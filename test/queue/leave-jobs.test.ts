import { keepLiveness } from '../../src/db/worker-liveness';
import { createLog } from '../../src/log';
import { enqueue } from '../../src/queue/enqueue';
import { DONE } from '../../src/queue/job-result';
import { settleDeadWorkers } from '../../src/queue/settle-dead-workers';
import { startWorker } from '../../src/queue/start-worker';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import { waitingJobs } from './dead-process';
import { idleHandlers } from './start-test-worker';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** A process whose only job hangs; `end` ends it, with the word that it stops or without. */
async function startHanging(): Promise<{ end(how: 'says_so' | 'dies'): Promise<void> }> {
  const log = createLog('silent');
  const liveness = await keepLiveness(database.url, log);
  let isRunning = false;
  let letGo = () => {};
  const hanging = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const worker = await startWorker({
    connectionString: database.url,
    handlers: {
      ...idleHandlers(),
      'show-review': async () => {
        isRunning = true;
        await hanging;
        return DONE;
      },
    },
    liveness,
    submitConcurrency: 1,
    log,
  });
  await enqueue(database.knex, 'show-review', { tenantId: '1', batchId: '7' }, { key: 'review:7' });
  await until(
    async () => isRunning,
    (is) => is,
  );
  return {
    async end(how) {
      const stopped = worker.stop();
      if (how === 'says_so') await worker.leaveJobs();
      await liveness.stop();
      const { freed } = await database.knex.transaction(settleDeadWorkers);
      expect(freed).toEqual(how === 'dies' ? [{ name: 'show-review', deaths: 1 }] : []);
      expect(await waitingJobs(database.knex)).toEqual([
        { name: 'show-review', key: 'review:7', isAlone: how === 'dies' },
      ]);
      letGo();
      await stopped;
    },
  };
}

test('a process that stops leaves what it could not end, and none of it counts as dead', async () => {
  const bot = await startHanging();
  await bot.end('says_so');
  expect(await database.knex('job_death')).toEqual([]);
});

test('a process that dies without a word leaves suspects', async () => {
  const bot = await startHanging();
  await bot.end('dies');
  expect(await database.knex('job_death').count('* as n').first()).toEqual({ n: '1' });
});
