import { discardDraft } from '../../../src/batches/control/discard-draft';
import { sweepAll } from '../../../src/worker/sweep-all';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

const clearJobs = () => testApp.app.db.raw('delete from bulk_sms_queue._private_jobs');
const waitingKinds = async (): Promise<string[]> => {
  const { rows } = await testApp.app.db.raw(
    'select distinct task_identifier as kind from bulk_sms_queue.jobs',
  );
  return rows.map(({ kind }: { kind: string }) => kind).sort();
};

test('where deaths cannot be settled, batches go on all the same, and the sweep comes again', async () => {
  await testApp.started(mobiles(2));
  await clearJobs();
  await testApp.app.db.raw('alter table job_death rename to job_death_gone');
  expect(await sweepAll(testApp.app)).toMatchObject({ kind: 'snooze' });
  expect(await waitingKinds()).toContain('submit-chunk');
});

test('a draft that cannot expire keeps nothing else from being swept', async () => {
  const { db } = testApp.app;
  const idle = await testApp.draft(mobiles(1));
  const discarded = await testApp.draft(mobiles(3));
  await discardDraft(testApp.app, testApp.actor, discarded.batchId);
  await db('sms_batch')
    .where({ id: idle.batchId })
    .update({ moved_at: db.raw(`now() - interval '25 hours'`) });
  await db.raw(`
    create function refuse_expiry() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger refuse_expiry before update on sms_batch for each row
      when (new.reason = 'expired') execute function refuse_expiry()`);
  expect(await sweepAll(testApp.app)).toMatchObject({ kind: 'snooze' });
  expect(await testApp.batch(idle.batchId)).toMatchObject({ status: 'ready' });
  expect(await testApp.batch(discarded.batchId)).toMatchObject({ list_deleted_at: expect.any(Date) });
});
