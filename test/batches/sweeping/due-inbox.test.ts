import { addToInbox } from '../../../src/batches/store/webhook-inbox';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await createTestApp();
});
afterAll(() => testApp.close());

test('the sweep enqueues the job of every inbox that has a due entry, and names the provider', async () => {
  const { db } = testApp.app;
  const webhook = { body: '{}', accountIds: null };
  await db.transaction(async (trx) => {
    await addToInbox(trx, { provider: 'onbuka', kind: 'report' }, [webhook, webhook]);
    await addToInbox(trx, { provider: 'onbuka', kind: 'inbound' }, [webhook]);
  });
  await sweep(testApp.app);
  const { rows } = await db.raw(
    `select task.identifier, job.payload
     from bulk_sms_queue._private_jobs as job join bulk_sms_queue._private_tasks as task on task.id = job.task_id
     where task.identifier ~ '^record-' order by task.identifier`,
  );
  expect(rows).toEqual([
    { identifier: 'record-delivery-reports', payload: { provider: 'onbuka' } },
    { identifier: 'record-inbound', payload: { provider: 'onbuka' } },
  ]);
});
