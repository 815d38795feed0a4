import { pauseBatch, resumeBatch } from '../../../src/batches/control/pause-batch';
import { enqueueLane } from '../../../src/batches/enqueue-jobs';
import { settleDeadWorkers } from '../../../src/queue/settle-dead-workers';
import { dieWithJobs, waitingJobs } from '../../queue/dead-process';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

test('a lane that was put aside after ten deaths comes back when a person resumes its batch, and not before', async () => {
  const { app, actor, accountId } = testApp;
  const batchId = await testApp.started(mobiles(3));
  const name = `submit:${batchId}:${accountId}:0`;
  const waits = async () => (await waitingJobs(app.db)).some(({ key }) => key === name);
  for (let death = 1; death <= 10; death += 1) {
    expect(await waits()).toBe(true);
    await dieWithJobs(app.db, `dead-${death}`);
    await app.db.transaction(settleDeadWorkers);
  }
  await enqueueLane(app.db, batchId, accountId, 0);
  expect(await waits()).toBe(false);
  expect(await app.db('dead_job').where({ key: name }).pluck('batch_id')).toEqual([batchId]);
  await pauseBatch(app, actor, batchId);
  await resumeBatch(app, actor, batchId);
  expect(await waits()).toBe(true);
  expect(await app.db('dead_job').where({ key: name })).toEqual([]);
});
