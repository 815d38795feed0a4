import { createLog } from '../../src/log';
import { JOBS } from '../../src/queue/jobs';
import { enqueue, type JobHandlers, startWorker } from '../../src/queue/queue';
import { createTestDatabase } from '../setup/database';

it('a job for a workspace is left to its bot, whichever asks first; one for nobody in particular is not', async () => {
  const database = await createTestDatabase();
  const done: string[] = [];
  let seen = () => {};
  const startBotOf = (workspaceId: string) =>
    startWorker({
      connectionString: database.url,
      handlers: Object.fromEntries(
        Object.keys(JOBS).map((kind) => [
          kind,
          async ({ batchId }: { batchId: string }) => {
            done.push(`${batchId} by ${workspaceId}`);
            seen();
          },
        ]),
      ) as unknown as JobHandlers,
      workspaceId,
      liveness: { hold: () => ({ letGo: () => {} }) },
      submitConcurrency: 1,
      otherConcurrency: 1,
      log: createLog('silent'),
    });
  const until = (isIt: () => boolean) =>
    new Promise<void>((resolve) => {
      seen = () => {
        if (isIt()) resolve();
      };
      seen();
    });

  await enqueue(database.knex, 'refresh-message', { batchId: '20' }, { workspace: '2' });
  await enqueue(database.knex, 'refresh-message', { batchId: '10' }, { workspace: '1' });
  await enqueue(database.knex, 'reconcile', { batchId: '30' });
  const one = await startBotOf('1');
  // In the order in which they were asked for: the first was there to be taken, and was not.
  await until(() => done.length === 2);
  expect(done.toSorted()).toEqual(['10 by 1', '30 by 1']);
  const two = await startBotOf('2');
  await until(() => done.length === 3);
  expect(done).toContain('20 by 2');
  await Promise.all([one.stop(), two.stop()]);
  await database.drop();
});
