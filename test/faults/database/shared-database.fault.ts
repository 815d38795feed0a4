import { type Runner, run } from 'graphile-worker';
import knex, { type Knex } from 'knex';
import { createEmptyDatabase, type TestDatabase } from '../../setup/database';
import { startTestSystem, type TestSystem } from '../../setup/test-system';
import { until } from '../../setup/until';
import { expectPromiseKept, untilProved } from '../expect-promise-kept';
import { sendList } from '../send-list';
import { killBots, startBot } from '../start-bot';

/** Another program, with the same libraries in the same database, and with names of jobs that ours has too. */
let database: TestDatabase;
let other: Knex;
let runner: Runner;
let system: TestSystem;
/** Ids of its jobs, each time that one began. */
let begun: string[];
let finish: () => void;

const MIGRATIONS = {
  getMigrations: async () => ['0001_pages'],
  getMigrationName: (name: string) => name,
  getMigration: async () => ({
    up: (db: Knex) => db.schema.createTable('tenant', (table) => table.increments('id')),
    down: (db: Knex) => db.schema.dropTable('tenant'),
  }),
};

beforeEach(async () => {
  database = await createEmptyDatabase();
  other = knex({ client: 'pg', connection: database.url, searchPath: ['public'] });
  await other.migrate.latest({ migrationSource: MIGRATIONS });
  begun = [];
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  runner = await run({
    connectionString: database.url,
    concurrency: 2,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: {
      sweep: async (_payload, { job }) => {
        begun.push(job.id);
        await finished;
      },
      reconcile: async (_payload, { job }) => void begun.push(job.id),
    },
  });
  system = await startTestSystem({ database, bot: false });
});
afterEach(async () => {
  finish();
  await killBots();
  await runner.stop().catch(() => undefined);
  await other.destroy();
  await system.close();
});

test('a bot beside another program with Knex and graphile-worker: neither touches what is the other’s', async () => {
  const { buka, db, env } = system;
  await other.raw(`select graphile_worker.add_job('sweep')`);
  await other.raw(`select graphile_worker.add_job('reconcile', run_at => now() + interval '30 minutes')`);
  await until(
    async () => begun,
    (ids) => ids.length === 1,
  );
  const jobs = async () => (await other.raw('select * from graphile_worker._private_jobs order by id')).rows;
  const before = await jobs();
  expect(before).toMatchObject([{ attempts: 1, locked_by: expect.any(String) }, { attempts: 0 }]);

  await startBot(env);
  // As if the clock had been set back by an hour: what waits for a time is brought forward.
  const clock = () =>
    db('rate_limit').where({ key: 'clock' }).first('next_at', db.raw('next_at > now() as is_ahead'));
  await until(clock, Boolean);
  await db('rate_limit')
    .where({ key: 'clock' })
    .update({ next_at: db.raw(`now() + interval '1 hour'`) });
  const numbers = await sendList(system, { good: 400 });
  await untilProved(db, buka.ledger, numbers);
  await expectPromiseKept(db, buka.ledger, numbers);
  await until(clock, (row) => row && !row.is_ahead);

  expect(await jobs()).toEqual(before);
  finish();
  // It works on: nothing of ours has told it to stop.
  await other.raw(`select graphile_worker.add_job('reconcile', job_key => 'more')`);
  await until(jobs, (left) => left.length === 1);
  expect(begun).toHaveLength(2);
  expect((await other.migrate.latest({ migrationSource: MIGRATIONS }))[1]).toEqual([]);
  expect(await other('knex_migrations').pluck('name')).toEqual(['0001_pages']);
  expect(Object.keys(await other('tenant').columnInfo())).toEqual(['id']);
});
