import { enqueue } from '../../src/queue/enqueue';
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
    },
  });
  await enqueue(database.knex, 'reconcile', { batchId: '1' });
  await seenTwice;
  expect(tries).toEqual([1, 2]);
  await worker.stop();
  await database.drop();
});
