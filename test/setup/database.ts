import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { type Database, openDatabase } from '../../src/db/connect';
import { createLog } from '../../src/log';

export const TEMPLATE = 'bulk_sms_template';

export interface TestDatabase {
  /** For pg, graphile-worker and `openDatabase({ databaseUrl })`. */
  url: string;
  knex: Knex;
  drop(): Promise<void>;
}

/** A database of a test file's own, with all our tables and graphile-worker's, and no rows. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(TEMPLATE);
}

/** One without any tables. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((server) => server.knex.raw('create database ?? template ??', [name, template]));
  const url = databaseAt(serverUrl(), name);
  const database = await open(url);
  return {
    url,
    knex: database.knex,
    async drop() {
      await database.close();
      await onServer((server) => server.knex.raw('drop database ?? with (force)', [name]));
    },
  };
}

/** The same server, another database. */
export function databaseAt(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(act: (server: Database) => PromiseLike<unknown>): Promise<void> {
  const server = await open(serverUrl());
  await act(server);
  await server.close();
}

function open(databaseUrl: string): Promise<Database> {
  return openDatabase({ databaseUrl, dataDir: '', log: createLog('silent') });
}

function serverUrl(): string {
  const url = process.env.TEST_SERVER_URL;
  if (!url) throw new Error('There is no test server: run this through jest, with its globalSetup.');
  return url;
}
