import { createLog } from '../../src/log';
import { JOBS } from '../../src/queue/jobs';
import { enqueue, type JobHandlers, startWorker } from '../../src/queue/queue';
import { createTestDatabase } from '../setup/database';

it('tells a job how often it has been tried', async () => {
  const database = await createTestDatabase();
  const attempts: number[] = [];
  let done = () => {};
  const seenTwice = new Promise<void>((resolve) => {
    done = resolve;
  });
  const noHandlers = Object.fromEntries(Object.keys(JOBS).map((kind) => [kind, async () => {}]));
  const worker = await startWorker({
    connectionString: database.url,
    handlers: {
      ...noHandlers,
      reconcile: async (_payload, attempt) => {
        attempts.push(attempt);
        if (attempts.length < 2) throw new Error('tried once');
        done();
      },
    } as JobHandlers,
    workspaceId: '1',
    liveness: { hold: () => ({ letGo: () => {} }) },
    submitConcurrency: 1,
    otherConcurrency: 1,
    log: createLog('silent'),
  });
  await enqueue(database.knex, 'reconcile', { batchId: '1' });
  await seenTwice;
  expect(attempts).toEqual([1, 2]);
  await worker.stop();
  await database.drop();
});
