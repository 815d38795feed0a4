import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../src/db/connect';
import { migrate } from '../../src/db/migrate';
import { createLog } from '../../src/log';
import { migrateQueue } from '../../src/queue/migrate-queue';
import { databaseAt, TEMPLATE } from './database';
import stopPostgres from './stop-postgres';

/** Jest's globalSetup: one server for all test files, and a database with every table to copy from. */
export default async function startPostgres(): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'bulk-sms-test-'));
  const server = await openDatabase({ dataDir, fsync: false, log: createLog('warn') });
  globalThis.testServer = { database: server, dataDir };
  try {
    await makeTemplate(server);
  } catch (error) {
    // Jest calls no teardown after a failed setup.
    await stopPostgres();
    throw error;
  }
  process.env.TEST_SERVER_URL = server.connectionString;
}

async function makeTemplate(server: Database): Promise<void> {
  await server.knex.raw('create database ??', [TEMPLATE]);
  await fillTemplate(databaseAt(server.connectionString, TEMPLATE));
  // Nobody may connect to it any more: a database with a guest cannot be copied.
  await server.knex.raw('alter database ?? with is_template true allow_connections false', [TEMPLATE]);
}

async function fillTemplate(connectionString: string): Promise<void> {
  const log = createLog('warn');
  const database = await openDatabase({ databaseUrl: connectionString, dataDir: '', log });
  await migrateQueue(connectionString, log);
  await migrate(database.knex);
  await database.close();
}
