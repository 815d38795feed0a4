import { Pool } from 'pg';
import { createLog } from '../../src/log';
import { migrateQueue } from '../../src/queue/migrate-queue';
import { createTestDatabase } from '../setup/database';
import { startTestWorker } from './start-test-worker';

it('listens to its connections to the end: a server that stops while they close does not end the process', async () => {
  const connect = jest.spyOn(Pool.prototype, 'connect');
  const database = await createTestDatabase();
  await migrateQueue(database.url, createLog('silent'));
  const worker = await startTestWorker(database.url);
  await worker.stop();
  const pools = [...new Set(connect.mock.contexts)] as Pool[];
  expect(pools.map((pool) => [pool.ending, pool.listenerCount('error')])).toEqual([
    [true, 1],
    [true, 1],
  ]);
  await database.drop();
});
