import { enqueue } from '../../src/queue/enqueue';
import { DONE } from '../../src/queue/job-result';
import { createTestDatabase } from '../setup/database';
import { startTestWorker } from './start-test-worker';

it('tells a job how often it has been tried', async () => {
  const database = await createTestDatabase();
  const tries: number[] = [];
  let done = () => {};
  const seenTwice = new Promise<void>((resolve) => {
    done = resolve;
  });
  const worker = await startTestWorker(database.url, {
    reconcile: async (_payload, tryNumber) => {
      tries.push(tryNumber);
      if (tries.length < 2) throw new Error('tried once');
      done();
      return DONE;
    },
  });
  await enqueue(database.knex, 'reconcile', { tenantId: '3', batchId: '1', accountId: '2' });
  await seenTwice;
  expect(tries).toEqual([1, 2]);
  await worker.stop();
  await database.drop();
});
