import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type Database, openDatabase } from '../../src/db/connect';
import { migrate } from '../../src/db/migrate';
import { createLog } from '../../src/log';
import { migrateQueue } from '../../src/queue/migrate-queue';
import { databaseAt, type TestServer } from './database';
import { guardStates } from './guard-states';
import stopPostgres from './stop-postgres';
import { describeTemplate, TEMPLATES, type Template } from './template';

/** Jest's globalSetup: one server for all test files, and databases with every table to copy from. */
export default async function startPostgres(): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'bulk-sms-test-'));
  const server = await openDatabase({ dataDir, fsync: false, log: createLog('warn') });
  globalThis.testServer = { database: server, dataDir };
  try {
    const plain = await makeTemplate(server, TEMPLATES.plain, fill);
    const guarded = await makeTemplate(server, TEMPLATES.guarded, guard, TEMPLATES.plain);
    await server.knex.raw(
      'create table public.free_database (name text primary key, template text not null)',
    );
    const found: TestServer = { url: server.connectionString, templates: { plain, guarded } };
    process.env.TEST_SERVER = JSON.stringify(found);
  } catch (error) {
    // Jest calls no teardown after a failed setup.
    await stopPostgres();
    throw error;
  }
}

async function makeTemplate(
  server: Database,
  name: string,
  prepare: (url: string) => Promise<void>,
  from = 'template1',
): Promise<Template> {
  await server.knex.raw('create database ?? template ??', [name, from]);
  const url = databaseAt(server.connectionString, name);
  await prepare(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  const template = await describeTemplate(client).finally(() => client.end());
  // Nobody may connect to it any more: a database with a guest cannot be copied.
  await server.knex.raw('alter database ?? with is_template true allow_connections false', [name]);
  return template;
}

async function fill(url: string): Promise<void> {
  const log = createLog('warn');
  const database = await openDatabase({ databaseUrl: url, dataDir: '', log });
  await migrateQueue(url, log);
  await migrate(database.knex);
  await database.close();
}

async function guard(url: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: url, dataDir: '', log: createLog('warn') });
  await guardStates(database.knex);
  await database.close();
}
