import { discardDraft } from '../../../src/batches/control/discard-draft';
import { startBatch } from '../../../src/batches/control/start-batch';
import { changeReading } from '../../../src/batches/importing/change-reading';
import { keepFromImport } from '../../../src/batches/importing/copy-recipients.sql';
import { importRecipients } from '../../../src/batches/importing/import-recipients';
import { deleteUnsentLists, expireDrafts } from '../../../src/batches/sweeping/expire-drafts';
import { sweep } from '../../../src/batches/sweeping/sweep';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

const HOUR_MS = 3_600_000;

let testApp: TestApp;
beforeEach(async () => {
  testApp = await createTestApp();
});
afterEach(() => testApp.close());

/** As if the last act had been so long ago. */
const letPass = (batchId: string, hours: number) =>
  testApp.app
    .db('sms_batch')
    .where({ id: batchId })
    .update({
      moved_at: testApp.app.db.raw(`now() - ? * interval '1 hour'`, [hours]),
    });

async function rowsOf(batchId: string): Promise<Record<string, number>> {
  const tables = ['sms_batch_buka_detail', 'sms_rejected_recipient', 'sms_submission', 'sms_batch_source'];
  const counts = tables.map(async (table) => [
    table,
    (await testApp.app.db(table).where({ batch_id: batchId })).length,
  ]);
  return Object.fromEntries(await Promise.all(counts));
}

const NO_ROWS = {
  sms_batch_buka_detail: 0,
  sms_rejected_recipient: 0,
  sms_submission: 0,
  sms_batch_source: 0,
};

const reviewJobs = async () => {
  const { rows } = await testApp.app.db.raw(
    `select count(*)::int as n from bulk_sms_queue.jobs where task_identifier = 'show-review'`,
  );
  return rows[0].n as number;
};

const clearJobs = () => testApp.app.db.raw('delete from bulk_sms_queue._private_jobs');

test('a draft on which nobody acts for a day expires: its list goes, its counts and who did it stay, its writer is told', async () => {
  const { batchId } = await testApp.draft([...mobiles(3), 'no number']);
  await clearJobs();
  await letPass(batchId, 23.9);
  await sweep(testApp.app);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'ready' });
  await letPass(batchId, 24.1);
  await sweep(testApp.app);
  expect(await testApp.batch(batchId)).toMatchObject({
    ...{ status: 'cancelled', reason: 'expired', started_at: null },
    ...{ total_count: 3, entry_count: 4, rejected_count: 1 },
    list_deleted_at: expect.any(Date),
  });
  expect(await rowsOf(batchId)).toEqual(NO_ROWS);
  const events = await testApp.app.db('audit_event').where({ batch_id: batchId }).orderBy('id');
  expect(events.at(-1)).toMatchObject({ actor: 'system', action: 'batch.expire', detail: { idleHours: 24 } });
  expect(await reviewJobs()).toBe(1);
});

test('who left it for days, as before an upgrade, is told nothing', async () => {
  const { batchId } = await testApp.draft(mobiles(1));
  await clearJobs();
  await letPass(batchId, 49);
  await sweep(testApp.app);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'cancelled', reason: 'expired' });
  expect(await reviewJobs()).toBe(0);
});

test('another reading of the list is an act: the day begins anew', async () => {
  const { batchId } = await testApp.draft(mobiles(1));
  await letPass(batchId, 25);
  await changeReading(testApp.app, testApp.actor, { batchId, changes: [] });
  await sweep(testApp.app);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'importing' });
});

test('what was sent is never touched, nor a draft whose Send is being recorded or whose list is being read', async () => {
  const sent = await testApp.started(mobiles(2));
  await letPass(sent, 1_000);
  const draft = await testApp.draft(mobiles(2));
  await letPass(draft.batchId, 25);
  const { db } = testApp.app;
  await db.transaction(async (trx) => {
    await trx('sms_batch').where({ id: draft.batchId }).forUpdate().first('id');
    await expireDrafts(testApp.app);
  });
  await db.transaction(async (trx) => {
    expect(await keepFromImport(trx, draft.batchId)).toBe(true);
    await expireDrafts(testApp.app);
  });
  expect(await startBatch(testApp.app, testApp.actor, draft)).toMatchObject({ kind: 'started' });
  await letPass(draft.batchId, 25);
  await sweep(testApp.app);
  for (const batchId of [sent, draft.batchId]) {
    expect(await testApp.recipients(batchId)).toEqual({ pending: 2 });
    expect(await testApp.batch(batchId)).toMatchObject({ reason: null, list_deleted_at: null });
  }
});

test('an import of an expired draft ends and stores nothing; a draft that waits for a column expires too', async () => {
  const { batchId } = await testApp.draft(mobiles(1));
  await changeReading(testApp.app, testApp.actor, { batchId, changes: [] });
  await letPass(batchId, 25);
  await sweep(testApp.app);
  expect(await importRecipients(testApp.app, batchId)).toMatchObject({ kind: 'done' });
  expect(await rowsOf(batchId)).toEqual(NO_ROWS);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'cancelled' });
});

test('a discarded list goes in steps, once its import has ended; others stay', async () => {
  const discarded = await testApp.draft(mobiles(25));
  const other = await testApp.draft(mobiles(5));
  await discardDraft(testApp.app, testApp.actor, discarded.batchId);
  const { db } = testApp.app;
  await db.transaction(async (trx) => {
    await keepFromImport(trx, discarded.batchId);
    await deleteUnsentLists(testApp.app);
  });
  expect(await rowsOf(discarded.batchId)).toMatchObject({ sms_batch_buka_detail: 25 });
  const left = [];
  for (let step = 0; step < 3; step += 1) {
    await deleteUnsentLists(testApp.app, 12, 5);
    left.push((await rowsOf(discarded.batchId)).sms_batch_buka_detail);
  }
  expect(left).toEqual([13, 1, 0]);
  expect(await rowsOf(discarded.batchId)).toEqual(NO_ROWS);
  expect(await testApp.batch(discarded.batchId)).toMatchObject({ total_count: 25, reason: null });
  expect(await testApp.recipients(other.batchId)).toEqual({ pending: 5 });
});

test('how long a draft lives is a setting', async () => {
  testApp.app.settings.draftExpiryMs = HOUR_MS;
  const { batchId } = await testApp.draft(mobiles(1));
  await letPass(batchId, 1.1);
  await sweep(testApp.app);
  expect(await testApp.batch(batchId)).toMatchObject({ status: 'cancelled', reason: 'expired' });
});
