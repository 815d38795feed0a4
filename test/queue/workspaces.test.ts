import { enqueue } from '../../src/queue/enqueue';
import { JOBS, type JobHandlers } from '../../src/queue/jobs';
import { createTestDatabase } from '../setup/database';
import { startTestWorker } from './start-test-worker';

it('leaves a job for a workspace to the bot of that workspace; any bot does a job that names none', async () => {
  const database = await createTestDatabase();
  const done: string[] = [];
  let seen = () => {};
  const startBotOf = (workspaceId: string) => {
    const handler = async ({ batchId }: { batchId: string }) => {
      done.push(`${batchId} by ${workspaceId}`);
      seen();
    };
    const handlers = Object.fromEntries(Object.keys(JOBS).map((kind) => [kind, handler]));
    return startTestWorker(database.url, handlers as Partial<JobHandlers>, workspaceId);
  };
  const until = (isIt: () => boolean) =>
    new Promise<void>((resolve) => {
      seen = () => {
        if (isIt()) resolve();
      };
      seen();
    });

  await enqueue(database.knex, 'refresh-status-message', { batchId: '20' }, { workspace: '2' });
  await enqueue(database.knex, 'refresh-status-message', { batchId: '10' }, { workspace: '1' });
  await enqueue(database.knex, 'reconcile', { batchId: '30' });
  const one = await startBotOf('1');
  // Jobs are taken in the order they were enqueued: the first was there to be taken, and was not.
  await until(() => done.length === 2);
  expect(done.toSorted()).toEqual(['10 by 1', '30 by 1']);
  const two = await startBotOf('2');
  await until(() => done.length === 3);
  expect(done).toContain('20 by 2');
  await Promise.all([one.stop(), two.stop()]);
  await database.drop();
});
