import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { openDatabase } from '../../src/db/connect';
import { createLog } from '../../src/log';
import { restoreTemplate, TEMPLATES, type Template, type TemplateName } from './template';

/** A larger one is dropped after its test: it would slow down those that use it later. */
const LARGEST_REUSED = 32 * 1024 * 1024;

/** Somebody is connected to it. */
const IN_USE = '55006';

/** What globalSetup tells the test files, in the environment. */
export interface TestServer {
  url: string;
  templates: Record<TemplateName, Template>;
}

export interface TestDatabase {
  /** For pg, graphile-worker and `openDatabase({ databaseUrl })`. */
  url: string;
  knex: Knex;
  /** People's own pool. */
  reads: Knex;
  drop(): Promise<void>;
}

/**
 * A database with all our tables and graphile-worker's, and no rows. `guarded`: it refuses every transition that
 * states.ts does not have. Nobody else uses it until it is dropped; another test may have used it before, because to
 * copy one takes longer than most tests.
 */
export async function createTestDatabase(template: TemplateName = 'plain'): Promise<TestDatabase> {
  const name = (await takeFree(template)) ?? (await copy(TEMPLATES[template]));
  return open(name, () => giveBack(name, template));
}

/** One without any tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = await copy('template0');
  return open(name, () => drop(name));
}

/** The same server, another database. */
export function databaseAt(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

async function open(name: string, end: () => Promise<unknown>): Promise<TestDatabase> {
  const url = databaseAt(testServer().url, name);
  const database = await openDatabase({ databaseUrl: url, dataDir: '', log: createLog('silent') });
  return {
    url,
    knex: database.knex,
    reads: database.reads,
    async drop() {
      await database.close();
      await end();
    },
  };
}

async function copy(template: string): Promise<string> {
  const name = newName();
  await asClient(testServer().url, (server) => server.query(`create database ${name} template ${template}`));
  return name;
}

const newName = () => `test_${randomBytes(6).toString('hex')}`;

const drop = (name: string) =>
  asClient(testServer().url, (server) => server.query(`drop database ${name} with (force)`));

/** Undefined where there is none. */
async function takeFree(template: TemplateName): Promise<string | undefined> {
  const { rows } = await asClient(testServer().url, (server) =>
    server.query<{ name: string }>(
      `delete from free_database where name =
         (select name from free_database where template = $1 limit 1 for update skip locked)
       returning name`,
      [template],
    ),
  );
  return rows[0]?.name;
}

async function giveBack(name: string, template: TemplateName): Promise<void> {
  const { url, templates } = testServer();
  const isAsBefore = await asClient(databaseAt(url, name), async (client) => {
    const { rows } = await client.query('select pg_database_size(current_database())::int as bytes');
    return rows[0].bytes <= LARGEST_REUSED && restoreTemplate(client, templates[template]);
  });
  if (!isAsBefore) return void (await drop(name));
  // Under its former name nobody finds it: a process that a test has left behind does not work on the next test's rows.
  const free = newName();
  await asClient(url, async (server) => {
    await server.query(`alter database ${name} rename to ${free}`);
    await server.query('insert into free_database values ($1, $2)', [free, template]);
  }).catch((error) => {
    if (error.code !== IN_USE) throw error;
    return drop(name);
  });
}

async function asClient<T>(url: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return act(client).finally(() => client.end());
}

/** The server of all test files. */
export function testServer(): TestServer {
  const server = process.env.TEST_SERVER;
  if (!server) throw new Error('There is no test server: run this through jest, with its globalSetup.');
  return JSON.parse(server);
}
