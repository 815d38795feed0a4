import { sweepPosts } from '../../../src/slack/posts/sweep-posts';
import { insertSlackBatch } from '../../../src/slack/store/slack-batches.sql';
import { webhookFixture } from '../../batches/tracking/webhook-fixture';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

const { accepted } = webhookFixture(() => testApp);

test('the queue loses the announcement: the sweep enqueues it once', async () => {
  const { db } = testApp.app;
  const { batchId } = await accepted(1);
  await insertSlackBatch(db, { batchId, channelId: 'C0001', viewId: null });
  for (const one of testApp.provider.statuses.values()) one.status = 'delivered';
  await testApp.poll(batchId);
  await db.raw('delete from bulk_sms_queue._private_jobs');
  for (let round = 0; round < 2; round += 1) await sweepPosts(testApp.app);
  const { rows } = await db.raw('select locked_at from bulk_sms_queue._private_jobs where key = ?', [
    `announce:${batchId}`,
  ]);
  expect(rows).toEqual([{ locked_at: null }]);
});
