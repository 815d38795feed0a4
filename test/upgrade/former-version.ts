import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { migrationSource } from '../../src/db/migrate';
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

/** The migrations that a database has, in the order in which they ran. */
export const listMigrations = (db: Knex): Promise<string[]> =>
  db('knex_migrations').orderBy('id').pluck('name');

/**
 * The way back that docs/OPERATIONS.md describes: undoes the newest migration, one after the other, until this one is
 * undone.
 */
export async function undoMigrations(db: Knex, last: string): Promise<void> {
  for (;;) {
    await db.migrate.down({ migrationSource });
    if (!(await listMigrations(db)).includes(last)) return;
  }
}

export interface QueuedJob {
  /** Of its task. */
  name: string;
  key: string | null;
  payload: unknown;
  [column: string]: unknown;
}

/** Every job that waits or runs, in the order in which they were enqueued. */
export async function listJobs(db: Knex): Promise<QueuedJob[]> {
  return db('graphile_worker._private_jobs as jobs')
    .join('graphile_worker._private_tasks as tasks', 'tasks.id', 'jobs.task_id')
    .orderBy('jobs.id')
    .select('tasks.identifier as name', 'jobs.key', 'jobs.payload', 'jobs.priority', 'jobs.run_at')
    .select('jobs.attempts', 'jobs.max_attempts', 'jobs.last_error', 'jobs.locked_at', 'jobs.locked_by');
}
