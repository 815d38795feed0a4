import { Pool } from 'pg';
import { createLog } from '../../src/log';
import { JOBS } from '../../src/queue/jobs';
import { type JobHandlers, migrateQueue, startWorker } from '../../src/queue/queue';
import { createTestDatabase } from '../setup/database';

it('hears its connections to the end: a server that stops while they close does not end the process', async () => {
  const connect = jest.spyOn(Pool.prototype, 'connect');
  const database = await createTestDatabase();
  const log = createLog('silent');
  const idle = Object.fromEntries(Object.keys(JOBS).map((kind) => [kind, async () => {}]));
  await migrateQueue(database.url, log);
  const worker = await startWorker({
    connectionString: database.url,
    handlers: idle as unknown as JobHandlers,
    workspaceId: '1',
    liveness: { hold: () => ({ letGo: () => {} }) },
    submitConcurrency: 1,
    otherConcurrency: 1,
    log,
  });
  await worker.stop();
  const pools = [...new Set(connect.mock.contexts)] as Pool[];
  expect(pools.map((pool) => [pool.ending, pool.listenerCount('error')])).toEqual([
    [true, 1],
    [true, 1],
    [true, 1],
  ]);
  await database.drop();
});
