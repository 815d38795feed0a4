import type { Knex } from 'knex';
import { migrate, migrationSource, pendingMigrations } from '../../src/db/migrate';
import { enqueue } from '../../src/queue/enqueue';
import type { JobHandlers } from '../../src/queue/jobs';
import { COMPARISON } from '../queue/comparison-payload';
import { startTestWorker } from '../queue/start-test-worker';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../setup/database';
import { until } from '../setup/until';

/** The way back that docs/OPERATIONS.md describes: one migration down, before the former code starts. */
const TABLE_NAMES = '20261129000001_table_names';

let database: TestDatabase;
let db: Knex;
afterEach(() => database.drop());

async function openTestDatabase(create: () => Promise<TestDatabase>): Promise<void> {
  database = await create();
  db = database.knex;
}

test('one step down on a database that this version made leaves all other migrations and every row', async () => {
  // No bot has started on it: there is no queue yet.
  await openTestDatabase(createEmptyDatabase);
  await migrate(db);
  expect(await db('knex_migrations').distinct('batch')).toHaveLength(1);
  await db('tenant').insert({ slack_team_id: 'T0001', name: 'Test', locale: 'en-US' });
  await db('rate_limit').insert({ key: 'one', next_at: new Date() });
  const migrations = await db('knex_migrations').orderBy('id').pluck('name');

  await db.migrate.down({ migrationSource, name: TABLE_NAMES });
  expect(await db('knex_migrations').orderBy('id').pluck('name')).toEqual(
    migrations.filter((name) => name !== TABLE_NAMES),
  );
  expect(await db('tenant').pluck('slack_team_id')).toEqual(['T0001']);
  expect(await db('rate_gate').pluck('key')).toEqual(['one']);

  await migrate(db);
  expect(await pendingMigrations(db)).toBe(0);
  expect(await db('rate_limit').pluck('key')).toEqual(['one']);
});

test('jobs that wait get their former names and payloads on the way down, and are done after the way up', async () => {
  await openTestDatabase(createTestDatabase);
  const key = (name: string) => ({ key: name, workspace: '1' });
  await enqueue(db, 'post-alert', { batchId: '1' }, key('attention:1'));
  await enqueue(db, 'refresh-status-message', { batchId: '1' }, key('message:1'));
  await enqueue(db, 'refresh-status-message', { batchId: '2' }, { key: 'message:2', workspace: '2' });
  await enqueue(db, 'record-delivery-reports', { provider: 'onbuka' }, { key: 'push:report:onbuka:next' });
  await enqueue(db, 'record-inbound', { provider: 'onbuka' }, { key: 'push:inbound:onbuka:next' });
  await enqueue(db, 'compare-with-provider', { ...COMPARISON, provider: 'onbuka' }, key('compare:2'));
  await enqueue(db, 'poll-delivery', { batchId: '1' }, { key: 'poll:1' });
  // Of this kind the former code has a task already; and a process that is gone left one of its jobs locked.
  await db('graphile_worker._private_tasks').insert({ identifier: 'refresh-message:1' });
  await db('graphile_worker._private_jobs')
    .where({ key: 'push:report:onbuka:next' })
    .update({ locked_at: db.fn.now(), locked_by: 'pool-gone', attempts: 1 });
  const before = await db('graphile_worker.jobs').orderBy('id');

  await db.migrate.down({ migrationSource, name: TABLE_NAMES });
  expect(await waitingJobs()).toEqual([
    ['call-attention:1', { batchId: '1' }],
    ['refresh-message:1', { batchId: '1' }],
    ['refresh-message:2', { batchId: '2' }],
    ['record-reports', { channel: 'onbuka' }],
    ['record-inbound', { channel: 'onbuka' }],
    ['compare-with-provider:1', { ...COMPARISON, channel: 'onbuka' }],
    ['poll-delivery', { batchId: '1' }],
  ]);
  const withoutName = ({ task_identifier, ...job }: Record<string, unknown>) => job;
  expect((await db('graphile_worker.jobs').orderBy('id')).map(withoutName)).toEqual(before.map(withoutName));

  await migrate(db);
  await db.raw(`select graphile_worker.force_unlock_workers(array['pool-gone'])`);
  const done: [string, unknown][] = [];
  const record = (kind: string) => async (payload: unknown) => void done.push([kind, payload]);
  const handlers: Partial<JobHandlers> = {
    'post-alert': record('post-alert'),
    'refresh-status-message': record('refresh-status-message'),
    'record-delivery-reports': record('record-delivery-reports'),
    'record-inbound': record('record-inbound'),
    'compare-with-provider': record('compare-with-provider'),
    'poll-delivery': record('poll-delivery'),
  };
  const worker = await startTestWorker(database.url, handlers, '1');
  await until(waitingJobs, (jobs) => jobs.length === 1);
  await worker.stop();
  expect(new Map(done)).toEqual(
    new Map<string, unknown>([
      ['post-alert', { batchId: '1' }],
      ['refresh-status-message', { batchId: '1' }],
      ['record-delivery-reports', { provider: 'onbuka' }],
      ['record-inbound', { provider: 'onbuka' }],
      ['compare-with-provider', { ...COMPARISON, provider: 'onbuka' }],
      ['poll-delivery', { batchId: '1' }],
    ]),
  );
  // Another workspace's bot does this one.
  expect(await waitingJobs()).toEqual([['refresh-message:2', { batchId: '2' }]]);
});

/** Name and payload of each job, in the order in which they were enqueued. */
async function waitingJobs(): Promise<[string, unknown][]> {
  const rows = await db('graphile_worker._private_jobs as jobs')
    .join('graphile_worker._private_tasks as tasks', 'tasks.id', 'jobs.task_id')
    .orderBy('jobs.id')
    .select('tasks.identifier', 'jobs.payload');
  return rows.map(({ identifier, payload }) => [identifier, payload]);
}
