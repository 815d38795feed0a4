import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { Client } from 'pg';
import { usesFormerSchema } from '../../src/db/former-schema';
import { knexConfig } from '../../src/db/knex-config';
import { migrate } from '../../src/db/migrate';
import { createLog } from '../../src/log';
import { migrateQueue } from '../../src/queue/migrate-queue';
import { createEmptyDatabase, type TestDatabase } from '../setup/database';

/**
 * A database as the code before this one left it, which knew one account of a workspace and one bot that does its jobs:
 * batches in every state, every kind of job waiting, and a bot that was killed in the middle of a request. Its first lines
 * say how it was made.
 */
const FORMER_SCHEMA = readFileSync(join(__dirname, 'former-schema.sql'), 'utf8');
/** The newest migration of the dump: what came later is what an update runs. */
export const LAST_FORMER_MIGRATION = '20261129000001_table_names';
/** The first of those: with it, and all after it, undone, the former code can start. */
export const FIRST_OF_UPDATE = '20261130000001_accounts';

export async function createFormerDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(FORMER_SCHEMA);
  await client.end();
  return database;
}

/** As a start of today's bot updates it. */
export async function update({ url, knex: db }: TestDatabase): Promise<void> {
  await migrateQueue(url, createLog('silent'));
  await migrate(db);
}

/** Sessions that find their tables where the former code has them. */
export const openFormer = ({ url }: TestDatabase): Knex =>
  knex({ client: 'pg', connection: url, searchPath: ['public'] });

/** The migrations that a database has, in the order in which they ran. */
export async function listMigrations(db: Knex): Promise<string[]> {
  const list = (await usesFormerSchema(db)) ? 'public.knex_migrations' : 'bulk_sms.migrations';
  const { rows } = await db.raw('select to_regclass(?) is null as is_missing', [list]);
  if (rows[0].is_missing) return [];
  return db(list).orderBy('id').pluck('name');
}

/**
 * The way back that docs/UPGRADE.md describes: undoes the newest migration, one after the other, until this one is
 * undone. Each as a command of its own.
 */
export async function undoMigrations({ url, knex: db }: TestDatabase, last: string): Promise<void> {
  while ((await listMigrations(db)).includes(last)) {
    const command = knex(await knexConfig(url));
    await command.migrate.down().finally(() => command.destroy());
  }
}

export interface QueuedJob {
  /** Of its task. */
  name: string;
  key: string | null;
  payload: unknown;
  [column: string]: unknown;
}

/** Every job of a queue that waits or runs, in the order in which they were enqueued. */
export async function listJobs(db: Knex, queue = 'bulk_sms_queue'): Promise<QueuedJob[]> {
  return db(`${queue}._private_jobs as jobs`)
    .join(`${queue}._private_tasks as tasks`, 'tasks.id', 'jobs.task_id')
    .orderBy('jobs.id')
    .select('tasks.identifier as name', 'jobs.key', 'jobs.payload', 'jobs.priority', 'jobs.run_at')
    .select('jobs.attempts', 'jobs.max_attempts', 'jobs.last_error', 'jobs.locked_at', 'jobs.locked_by');
}

/** The queue of the former version, which other programs may use too. */
export const FORMER_QUEUE = 'graphile_worker';
