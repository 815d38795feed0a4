import { blockPerson, unblockPerson } from '../../../src/batches/administering/block-person';
import { deleteDraft } from '../../../src/batches/administering/delete-draft';
import {
  listBlockedPeople,
  listDraftsOfAll,
  listPeopleUse,
} from '../../../src/batches/administering/list-use';
import { startBatch } from '../../../src/batches/control/start-batch';
import { requestExport } from '../../../src/batches/exporting/open-export';
import { listLongRequests } from '../../../src/batches/long-requests/stop-long-request';
import { getBatchSummary, listBatches } from '../../../src/batches/views/get-batch-summary';
import { Forbidden, operator, type PersonActor } from '../../../src/tenants/actor';
import { ensureUser, findUser, type SlackRole } from '../../../src/tenants/person';
import { createTestApp, mobiles, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let admin: PersonActor;
let otherAdmin: PersonActor;
beforeEach(async () => {
  testApp = await createTestApp();
  admin = await person('U0100', 'admin');
  otherAdmin = await person('U0101', 'admin');
});
afterEach(() => testApp.close());

async function person(slackUserId: string, role: SlackRole): Promise<PersonActor> {
  const { app, tenantId } = testApp;
  const seen = { tenantId, slackUserId, locale: 'en-US', timeZone: 'UTC', role };
  return { kind: 'person', tenantId, userId: (await ensureUser(app.db, seen)).id, role };
}

const audits = (action: string) =>
  testApp.app.db('audit_event').where({ action }).select('actor', 'user_id', 'batch_id', 'detail');
const statusOf = async (batchId: string) => (await testApp.batch(batchId)).status;

test('deletes the drafts of the person, stops their exports, leaves what is being sent, and is noted', async () => {
  const { app, actor, userId } = testApp;
  const sending = await testApp.started(mobiles(2));
  const draft = await testApp.draft(mobiles(1));
  await requestExport(app, actor, { batchId: sending, part: 'recipients' });
  const outcome = await blockPerson(app, admin, userId);
  expect(outcome).toEqual({ kind: 'blocked', drafts: 1, requests: 1, sending: 1 });
  expect(await testApp.batch(draft.batchId)).toMatchObject({ status: 'cancelled', reason: 'deleted' });
  expect(await statusOf(sending)).toBe('pending');
  expect(await listLongRequests(app, admin)).toMatchObject([{ userId, stopAskedAt: expect.any(Date) }]);
  expect(await audits('person.block')).toEqual([
    {
      actor: 'person',
      user_id: admin.userId,
      batch_id: null,
      detail: { person: userId, drafts: 1, requests: 1, sending: 1 },
    },
  ]);
  await testApp.submit(sending);
  expect(await testApp.recipients(sending)).toEqual({ sending: 2 });
  expect(await blockPerson(app, admin, userId)).toEqual({ kind: 'already_blocked' });
});

test('an identity from before is good for nothing, and what Slack says of the person changes nothing', async () => {
  const { app, actor, tenantId, userId } = testApp;
  const batchId = await testApp.started(mobiles(1));
  await blockPerson(app, admin, userId);
  await expect(getBatchSummary(app, actor, batchId)).rejects.toMatchObject({ why: 'blocked' });
  await expect(listBatches(app, actor, 5)).rejects.toThrow(Forbidden);
  // Slack is asked again: it knows them as a member, or has made them an admin.
  expect(await person('U0001', 'admin')).toMatchObject({ userId });
  expect(await findUser(app.db, { tenantId, slackUserId: 'U0001' })).toMatchObject({ role: 'blocked' });
  await expect(listBatches(app, { ...actor, role: 'admin' }, 5)).rejects.toThrow(Forbidden);

  expect(await listBlockedPeople(app, admin, 5)).toEqual([
    { id: userId, slackUserId: 'U0001', blockedAt: expect.any(Date), blockedBy: 'U0100' },
  ]);
  expect(await unblockPerson(app, admin, userId)).toEqual({ kind: 'unblocked' });
  expect(await unblockPerson(app, admin, userId)).toEqual({ kind: 'not_blocked' });
  expect(await listBatches(app, actor, 5)).toHaveLength(1);
  expect(await listBlockedPeople(app, admin, 5)).toEqual([]);
});

test('a Send in the same moment: the batch is started before the block, or never', async () => {
  const { app, actor, userId } = testApp;
  for (let round = 0; round < 8; round += 1) {
    const draft = await testApp.draft(mobiles(1));
    const send = () => startBatch(app, actor, draft).catch((error: unknown) => error);
    const block = () => blockPerson(app, admin, userId);
    const [sent, blocked] =
      round % 2 === 0
        ? await Promise.all([send(), block()])
        : await Promise.all([block(), send()]).then(([a, b]) => [b, a] as const);
    const batch = await testApp.batch(draft.batchId);
    if (batch.started_at) {
      expect(sent).toMatchObject({ kind: 'started' });
      expect(blocked).toMatchObject({ drafts: 0 });
    } else {
      expect(batch).toMatchObject({ status: 'cancelled', reason: 'deleted' });
      expect(blocked).toMatchObject({ drafts: 1 });
      if (!(sent instanceof Forbidden)) expect(sent).toEqual({ kind: 'discarded' });
    }
    await unblockPerson(app, admin, userId);
  }
});

test('a Send that has begun ends before the block, which then finds a batch that goes on', async () => {
  const { app, actor, userId } = testApp;
  const draft = await testApp.draft(mobiles(1));
  const held = await app.db.transaction();
  // Another act on the draft holds its row: the Send waits behind it, after it was found allowed.
  await held('sms_batch').where({ id: draft.batchId }).forUpdate().first('id');
  const sending = startBatch(app, actor, draft);
  await waitForLocks(1);
  const blocking = blockPerson(app, admin, userId);
  await waitForLocks(2);
  await held.commit();
  expect(await sending).toEqual({ kind: 'started', total: 1 });
  expect(await blocking).toEqual({ kind: 'blocked', drafts: 0, requests: 0, sending: 1 });
});

/** Until so many sessions of this database wait for a lock. */
async function waitForLocks(most: number): Promise<void> {
  for (;;) {
    const { rows } = await testApp.app.db.raw(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].n >= most) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('nobody blocks themselves, an admin is blocked by another one, the last one by an operator', async () => {
  const { app, tenantId, actor } = testApp;
  expect(await blockPerson(app, admin, admin.userId)).toEqual({ kind: 'oneself' });
  await expect(blockPerson(app, actor, admin.userId)).rejects.toThrow(Forbidden);
  expect(await blockPerson(app, admin, otherAdmin.userId)).toMatchObject({ kind: 'blocked' });
  await expect(unblockPerson(app, otherAdmin, otherAdmin.userId)).rejects.toMatchObject({ why: 'blocked' });
  await expect(blockPerson(app, otherAdmin, admin.userId)).rejects.toMatchObject({ why: 'blocked' });
  expect(await blockPerson(app, operator(tenantId), admin.userId)).toMatchObject({ kind: 'blocked' });
  expect(await listBlockedPeople(app, operator(tenantId), 5)).toMatchObject([
    { slackUserId: 'U0100', blockedBy: null },
    { slackUserId: 'U0101', blockedBy: 'U0100' },
  ]);
  for (const unknown of ['999999', 'abc', ''])
    expect(await blockPerson(app, operator(tenantId), unknown)).toEqual({ kind: 'not_found' });
});

test('two admins who block each other at once: one of them is blocked', async () => {
  const { app } = testApp;
  const tried = await Promise.allSettled([
    blockPerson(app, admin, otherAdmin.userId),
    blockPerson(app, otherAdmin, admin.userId),
  ]);
  expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await listBlockedPeople(app, operator(testApp.tenantId), 5)).toHaveLength(1);
});

test('a draft of anybody is deleted, and a batch that was started is not', async () => {
  const { app } = testApp;
  const draft = await testApp.draft(mobiles(3));
  expect(await listDraftsOfAll(app, admin, 5)).toEqual([
    {
      batchId: draft.batchId,
      userId: testApp.userId,
      externalId: 'U0001',
      createdAt: expect.any(Date),
      rows: 3,
    },
  ]);
  expect(await deleteDraft(app, admin, draft.batchId)).toEqual({ kind: 'deleted' });
  expect(await deleteDraft(app, admin, draft.batchId)).toEqual({ kind: 'already_closed' });
  expect(await audits('batch.delete_draft')).toMatchObject([
    { user_id: admin.userId, batch_id: draft.batchId },
  ]);
  expect(await listDraftsOfAll(app, admin, 5)).toEqual([]);
  const started = await testApp.started(mobiles(1));
  expect(await deleteDraft(app, admin, started)).toEqual({ kind: 'already_started' });
  expect(await statusOf(started)).toBe('pending');
  expect(await deleteDraft(app, admin, 'abc')).toEqual({ kind: 'not_found' });
});

test('who uses how much: what was sent, what it cost, files, and what is open; the most first', async () => {
  const { app, actor, userId } = testApp;
  const batchId = await testApp.started(mobiles(4));
  await app.db('sms_batch').where({ id: batchId }).update({ success_count: 3, failed_count: 1 });
  const charge = { batch_id: batchId, country: 'CN', cost_each: '0.05', segments_each: 1, messages: 4 };
  await app.db('sms_batch_cost').insert({ ...charge, currency: 'USD' });
  const old = await testApp.started(mobiles(9));
  await app
    .db('sms_batch')
    .where({ id: old })
    .update({ started_at: new Date(Date.now() - 9 * 86_400_000) });
  await requestExport(app, actor, { batchId, part: 'recipients' });
  await testApp.draft(mobiles(2));
  expect(await listPeopleUse(app, admin, { days: 7, limit: 5 })).toEqual([
    {
      ...{ userId, externalId: 'U0001', isBlocked: false },
      ...{ batches: 1, texts: 4, delivered: 3, failed: 1, files: 1 },
      ...{ drafts: 1, draftRows: 2, requests: 1, costs: [{ currency: 'USD', cost: '0.2' }] },
    },
  ]);
});
