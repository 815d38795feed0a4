import type { Knex } from 'knex';
import { migrate } from '../../src/db/migrate';
import { enqueue } from '../../src/queue/enqueue';
import { DONE } from '../../src/queue/job-result';
import type { JobHandlers } from '../../src/queue/jobs';
import { COMPARISON } from '../queue/comparison-payload';
import { startTestWorker } from '../queue/start-test-worker';
import { createEmptyDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';
import {
  createFormerDatabase,
  FIRST_OF_UPDATE,
  FORMER_QUEUE,
  LAST_FORMER_MIGRATION,
  listJobs,
  listMigrations,
  openFormer,
  type QueuedJob,
  undoMigrations,
  update,
} from './former-version';

/** The last migration of those that undo several accounts together. */
const LAST_OF_ACCOUNTS = '20261130000006_jobs';

let database: TestDatabase;
let db: Knex;
/** Sees the tables where the former code has them. */
let former: Knex;
afterEach(async () => {
  await former.destroy();
  await database.drop();
});

async function openTestDatabase(create: () => Promise<TestDatabase>): Promise<void> {
  database = await create();
  db = database.knex;
  former = openFormer(database);
}

test('the way back on a database that this version made leaves all older migrations and every row', async () => {
  // No bot has started on it: there is no queue yet.
  await openTestDatabase(createEmptyDatabase);
  await migrate(db);
  expect(await db('migrations').distinct('batch')).toHaveLength(1);
  const [{ id: tenantId }] = await db('tenant').insert({ slack_team_id: 'T0001', name: 'Test' }, 'id');
  await insertAccount(tenantId, { is_default: true, settings: { baseUrl: 'https://buka', apiKey: 'key' } });
  const migrations = await listMigrations(db);
  expect(migrations).toContain(FIRST_OF_UPDATE);

  await undoMigrations(database, FIRST_OF_UPDATE);
  expect(await listMigrations(db)).toEqual(migrations.slice(0, migrations.indexOf(FIRST_OF_UPDATE)));
  expect(await former('tenant').pluck('slack_team_id')).toEqual(['T0001']);
  expect(await former('tenant_channel_config')).toMatchObject([
    { tenant_id: tenantId, base_url: 'https://buka', api_key: 'key', app_id: 'app' },
  ]);

  await migrate(db);
  expect(await listMigrations(db)).toEqual(migrations);
  expect(await db('provider_account').pluck('tenant_id')).toEqual([tenantId]);
});

/** The jobs of the former version, by key. A name has the workspace whose bot does the job; any bot does one that has none. */
const FORMER_JOBS: [key: string, name: string, payload: unknown][] = [
  ['attention:6', 'post-alert:1', { batchId: '6' }],
  ['message:6', 'refresh-status-message:1', { batchId: '6' }],
  ['message:15', 'refresh-status-message:2', { batchId: '15' }],
  ['push:report:onbuka:next', 'record-delivery-reports', { provider: 'onbuka' }],
  ['push:inbound:onbuka:next', 'record-inbound', { provider: 'onbuka' }],
  ['compare:2', 'compare-with-provider:1', { ...COMPARISON, provider: 'onbuka' }],
  ['submit:6:3', 'submit-chunk', { batchId: '6', lane: 3 }],
  ['poll:6', 'poll-delivery', { batchId: '6' }],
  ['reconcile:6', 'reconcile', { batchId: '6' }],
  ['sweep', 'sweep', {}],
];

test('jobs of this version get their former keys, names and payloads on the way down, and are done after the way up', async () => {
  // With batches of two workspaces, and with tasks that the former code has made.
  await openTestDatabase(createFormerDatabase);
  await update(database);
  await db('bulk_sms_queue._private_jobs').delete();
  const { id: accountId } = await db('provider_account').where({ tenant_id: 1 }).first('id');
  const own = { tenantId: '1', batchId: '6' };
  const foreign = { tenantId: '2', batchId: '15' };
  const comparison = { ...COMPARISON, provider: 'onbuka' };
  const atAccount = { ...own, accountId };
  const inLane = { ...atAccount, lane: 3 };
  await enqueue(db, 'post-alert', own, { key: 'attention:6' });
  await enqueue(db, 'refresh-status-message', own, { key: 'message:6' });
  await enqueue(db, 'refresh-status-message', foreign, { key: 'message:15' });
  await enqueue(db, 'record-delivery-reports', { provider: 'onbuka' }, { key: 'push:report:onbuka:next' });
  await enqueue(db, 'record-inbound', { provider: 'onbuka' }, { key: 'push:inbound:onbuka:next' });
  await enqueue(db, 'compare-with-provider', comparison, { key: 'compare:2' });
  await enqueue(db, 'submit-chunk', inLane, { key: `submit:6:${accountId}:3` });
  await enqueue(db, 'poll-delivery', atAccount, { key: `poll:6:${accountId}` });
  await enqueue(db, 'reconcile', atAccount, { key: `reconcile:6:${accountId}` });
  await enqueue(db, 'sweep', {}, { key: 'sweep' });
  // A process that is gone left one of its jobs locked.
  await db('bulk_sms_queue._private_jobs')
    .where({ key: 'push:report:onbuka:next' })
    .update({ locked_at: db.fn.now(), locked_by: 'pool-gone', attempts: 1 });
  const before = await listJobs(db);

  await undoMigrations(database, FIRST_OF_UPDATE);
  const jobs = await listJobs(former, FORMER_QUEUE);
  expect(jobs.map(({ key, name, payload }) => [key, name, payload])).toEqual(FORMER_JOBS);
  // No process runs while they move, so none is locked afterwards.
  const others = ({ key, name, payload, locked_at, locked_by, ...job }: QueuedJob) => job;
  expect(jobs.map(others)).toEqual(before.map(others));
  expect(jobs.filter((job) => job.locked_by !== null)).toEqual([]);

  await migrate(db);
  const done: [string, unknown][] = [];
  const record = (kind: string) => async (payload: unknown) => {
    done.push([kind, payload]);
    return DONE;
  };
  const kinds = ['post-alert', 'refresh-status-message', 'record-delivery-reports', 'record-inbound'];
  kinds.push('compare-with-provider', 'submit-chunk', 'poll-delivery', 'reconcile', 'sweep');
  const handlers: Partial<JobHandlers> = Object.fromEntries(kinds.map((kind) => [kind, record(kind)]));
  const worker = await startTestWorker(database.url, handlers);
  await until(
    () => listJobs(db),
    (jobs) => jobs.length === 0,
  );
  await worker.stop();
  expect(done).toHaveLength(before.length);
  expect(new Set(done)).toEqual(
    new Set<[string, unknown]>([
      ['post-alert', own],
      ['refresh-status-message', own],
      ['refresh-status-message', foreign],
      ['record-delivery-reports', { provider: 'onbuka' }],
      ['record-inbound', { provider: 'onbuka' }],
      ['compare-with-provider', comparison],
      ['submit-chunk', inLane],
      ['poll-delivery', atAccount],
      ['reconcile', atAccount],
      ['sweep', {}],
    ]),
  );
});

test('a job that waits gets its name and payload of November 2026 two versions down', async () => {
  await openTestDatabase(createFormerDatabase);
  await update(database);
  await undoMigrations(database, LAST_FORMER_MIGRATION);
  const jobs = new Map(
    (await listJobs(former, FORMER_QUEUE)).map(({ key, name, payload }) => [key, { name, payload }]),
  );
  expect(jobs.get('message:15')).toEqual({ name: 'refresh-message:2', payload: { batchId: '15' } });
  expect(jobs.get('attention:6')).toEqual({ name: 'call-attention:1', payload: { batchId: '6' } });
  const reports = { name: 'record-reports', payload: { channel: 'onbuka' } };
  expect(jobs.get('push:report:onbuka:next')).toEqual(reports);
});

test('of two people with one submit key the older batch keeps it on the way down', async () => {
  await openTestDatabase(createFormerDatabase);
  await update(database);
  // Batches of two people of one workspace, and one of another workspace.
  const batches = (sessions: Knex) => sessions('sms_batch').whereIn('id', [6, 7, 15]).orderBy('id');
  await batches(db).update({ submit_key: 'one-key' });
  await undoMigrations(database, FIRST_OF_UPDATE);
  const keys = ['one-key', 'one-key:7', 'one-key'];
  expect(await batches(former).pluck('submit_key')).toEqual(keys);
  await migrate(db);
  expect(await batches(db).pluck('submit_key')).toEqual(keys);
});

describe('a batch that uses an account which the former version does not know', () => {
  let accountId: string;
  beforeEach(async () => {
    await openTestDatabase(createFormerDatabase);
    await update(database);
    accountId = await insertAccount('1', { name: 'second', is_default: false });
  });

  const undo = () => undoMigrations(database, FIRST_OF_UPDATE);

  test('stops the way back before its first step, and is named', async () => {
    await db('sms_batch_account').insert({ batch_id: 1, account_id: accountId });
    await db('sms_batch').where({ id: 14 }).update({ account_id: accountId });
    // Migrations that came later are undone: they have no such reason.
    const before = (await listMigrations(db)).filter((name) => name <= LAST_OF_ACCOUNTS);
    await expect(undo()).rejects.toThrow(
      /batches are not finished .*: 1, 14\. Let them finish, or cancel them\./,
    );
    expect(await listMigrations(db)).toEqual(before);
  });

  test('does not stop it when it is finished: the batch and its recipients stay', async () => {
    await db('sms_batch_account').insert({ batch_id: 2, account_id: accountId, poll_after_chunk: 7 });
    await db('sms_submission').where({ id: 9 }).update({ account_id: accountId });
    const { id: firstId } = await db('provider_account')
      .where({ tenant_id: 1, is_default: true })
      .first('id');
    for (const id of [accountId, firstId]) {
      const payload = { tenantId: '1', batchId: '2', accountId: id };
      await enqueue(db, 'reconcile', payload, { key: `reconcile:2:${id}` });
    }
    await undo();
    expect(await former('tenant_channel_config').where({ tenant_id: 1 })).toMatchObject([
      { app_id: 'test-app' },
    ]);
    expect(await former('sms_batch_buka_detail').where({ batch_id: 2 })).toHaveLength(7);
    expect(await former('sms_batch').where({ id: 2 }).first()).toMatchObject({ poll_after_chunk: 0 });
    expect(
      (await listJobs(former, FORMER_QUEUE)).filter(({ key }) => key?.startsWith('reconcile:2')),
    ).toMatchObject([{ key: 'reconcile:2', payload: { batchId: '2' } }]);
  });
});

/** Of the one provider that the former version knows. Returns its id. */
async function insertAccount(tenantId: string, columns: Record<string, unknown>): Promise<string> {
  const [{ id }] = await db('provider_account').insert(
    {
      tenant_id: tenantId,
      channel: 'onbuka',
      credentials_encrypted: 'v1.sealed',
      sub_account: 'app',
      ...columns,
    },
    'id',
  );
  return id;
}
