import { runMigrations } from 'graphile-worker';
import knex, { type Knex } from 'knex';
import { Client } from 'pg';
import { migrate } from '../../src/db/migrate';
import { keepLiveness } from '../../src/db/worker-liveness';
import { createLog } from '../../src/log';
import { describeSchema } from '../db/describe-schema';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import {
  createFormerDatabase,
  FORMER_QUEUE,
  listJobs,
  listMigrations,
  openFormer,
  update,
} from './former-version';

const log = createLog('silent');
let database: TestDatabase;
let db: Knex;
/** Sees what is not ours, as another program does. */
let outside: Knex;
beforeEach(async () => {
  database = await createFormerDatabase();
  db = database.knex;
  outside = openFormer(database);
});
afterEach(async () => {
  await outside.destroy();
  await database.drop();
});

const FORMER_CLIENTS = ['bulk-sms', 'bulk-sms presence'];

test.each(FORMER_CLIENTS)(
  'the move is refused while a session of a former version is there: %s',
  async (name) => {
    const before = await describeSchema(outside, 'public');
    const other = new Client({ connectionString: database.url, application_name: name });
    await other.connect();
    const moved = update(database);
    await expect(moved).rejects.toMatchObject({ code: 'others_connected' });
    await expect(moved).rejects.toThrow(
      new RegExp(`${name} \\(process \\d+ of the server.*Stop them.*UPGRADE\\.md`),
    );
    expect(await describeSchema(outside, 'public')).toEqual(before);
    await other.end();
    await update(database);
    expect(await db('sms_batch').first('id')).toBeDefined();
  },
);

test('the move is refused while a process shows that it lives, whatever its sessions are called', async () => {
  const alive = await keepLiveness(database.url, log);
  await expect(update(database)).rejects.toMatchObject({ code: 'others_connected' });
  await alive.stop();
  await update(database);
});

test('sessions of other programs do not matter', async () => {
  const other = new Client({ connectionString: database.url, application_name: 'somebody else' });
  await other.connect();
  await other.query('select pg_advisory_lock(1), pg_advisory_lock(2, 3)');
  await update(database);
  await other.end();
});

test('processes of this version that start at once move the tables once', async () => {
  await Promise.all([1, 2, 3].map(() => update(database)));
  expect(await db('sms_batch')).toHaveLength(15);
});

test('a start that ends in the middle of the move leaves everything as it was, and the next one moves it', async () => {
  const before = [
    await describeSchema(outside, 'public'),
    await listMigrations(db),
    await listJobs(outside, FORMER_QUEUE),
  ];
  const blocker = await outside.transaction();
  await blocker.raw('lock table graphile_worker._private_jobs in share mode');
  const moved = update(database).catch((error) => error);
  // It has moved the tables and waits for the jobs.
  let pid: number | undefined;
  while (pid === undefined) {
    const { rows } = await blocker.raw(
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'bulk-sms pool'`,
    );
    pid = rows[0]?.pid;
  }
  await blocker.raw('select pg_terminate_backend(?, 5000)', [pid]);
  await blocker.rollback();
  expect(await moved).toBeInstanceOf(Error);
  const after = [
    await describeSchema(outside, 'public'),
    await listMigrations(db),
    await listJobs(outside, FORMER_QUEUE),
  ];
  expect(after).toEqual(before);
  await update(database);
  expect(await db('sms_batch')).toHaveLength(15);
});

test('jobs that wait move with their time, tries, key and payload; those of other programs stay where they are', async () => {
  await outside.raw(`
    select graphile_worker.add_job('send_mail', '{"to":"somebody"}', run_at => now() + interval '1 day', job_key => 'mail');
    select graphile_worker.add_job('mail:digest', '{"day":1}', queue_name => 'mail');
    update graphile_worker._private_jobs set locked_at = now(), locked_by = 'other', attempts = 1 where key = 'mail'`);
  const foreign = async () => {
    const { rows } = await outside.raw(`
      select to_jsonb(jobs) as job, identifier from graphile_worker._private_jobs as jobs
      join graphile_worker._private_tasks as tasks on tasks.id = task_id
      where identifier in ('send_mail', 'mail:digest') order by jobs.id`);
    return rows;
  };
  const [before, jobs] = [await foreign(), await listJobs(outside, FORMER_QUEUE)];
  await update(database);
  expect(before).toHaveLength(2);
  expect(await foreign()).toEqual(before);
  expect(await listJobs(outside, FORMER_QUEUE)).toHaveLength(2);
  const moved = await listJobs(db);
  const kept = ({ run_at, attempts, max_attempts, priority, last_error }: Record<string, unknown>) => ({
    run_at,
    attempts,
    max_attempts,
    priority,
    last_error,
  });
  expect(moved.map(kept)).toEqual(jobs.slice(0, -2).map(kept));
  expect(moved.filter((job) => job.locked_by !== null)).toEqual([]);
});

describe("Knex's list of migrations in `public`", () => {
  const OTHERS = ['0001_pages', '0002_visitors'];

  test('keeps the rows of another program, which goes on', async () => {
    await outside('knex_migrations').insert(
      OTHERS.map((name) => ({ name, batch: 1, migration_time: new Date() })),
    );
    await update(database);
    expect(await outside('knex_migrations').pluck('name')).toEqual(OTHERS);
    const other = knex({
      client: 'pg',
      connection: database.url,
      // The role of the tests is called as our schema, which Postgres would look into first.
      searchPath: ['public'],
      migrations: {
        migrationSource: {
          getMigrations: async () => [...OTHERS, '0003_more'],
          getMigrationName: (name: string) => name,
          getMigration: async () => ({ up: async () => undefined, down: async () => undefined }),
        },
      },
    });
    const ran = await other.migrate.latest().finally(() => other.destroy());
    expect(ran[1]).toEqual(['0003_more']);
    await update(database);
  });

  test('where it was ours alone, it tells a bot of the former version where to look', async () => {
    await update(database);
    const names: string[] = await listMigrations(db);
    const former = knex({
      client: 'pg',
      connection: database.url,
      // The role of the tests is called as our schema, which Postgres would look into first.
      searchPath: ['public'],
      migrations: {
        migrationSource: {
          getMigrations: async () => names.filter((name) => name < '20261202'),
          getMigrationName: (name: string) => name,
          getMigration: async () => ({ up: async () => undefined, down: async () => undefined }),
        },
      },
    });
    const started = former.migrate.latest().finally(() => former.destroy());
    await expect(started).rejects.toThrow(/moved to their own schema, start the newer version/);
    expect(await describeSchema(outside, 'public')).toEqual([]);
  });
});

test('a new database that has the queue of another program leaves that as it is', async () => {
  const shared = await createTestDatabase();
  await shared.knex.raw('drop schema bulk_sms, bulk_sms_queue cascade');
  await runMigrations({ connectionString: shared.url });
  await shared.knex.raw(`select graphile_worker.add_job('post-alert:1', '{"batchId":"7"}')`);
  await update(shared);
  const { rows } = await shared.knex.raw('select task_identifier, locked_at from graphile_worker.jobs');
  expect(rows).toEqual([{ task_identifier: 'post-alert:1', locked_at: null }]);
  await migrate(shared.knex);
  await shared.drop();
});
