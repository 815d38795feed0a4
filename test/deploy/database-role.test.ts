import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { createEmptyDatabase, type TestDatabase } from '../setup/database';
import { startTestSystem, type TestSystem } from '../setup/test-system';

/** As psql runs it, with the values that compose.yaml gives. */
const PASSWORD = "it's a password";
const script = readFileSync(resolve(__dirname, '../../.deploy/postgres/create-role.sql'), 'utf8')
  .replace(/^\\getenv password BOT_PASSWORD$/m, '')
  .replace(":'password'", `'${PASSWORD.replaceAll("'", "''")}'`);

let database: TestDatabase;
let system: TestSystem | undefined;
let url: string;
beforeAll(async () => {
  database = await createEmptyDatabase();
  await database.knex.raw(script);
  const asRole = new URL(database.url);
  asRole.username = 'sms';
  asRole.password = PASSWORD;
  url = asRole.href;
  system = await startTestSystem({ database: { ...database, url } });
});
afterAll(async () => {
  await (system ? system.close() : database.drop());
  const admin = new Client({ connectionString: database.url.replace(/\/[^/?]+(\?|$)/, '/postgres$1') });
  await admin.connect();
  await admin.query('drop role sms');
  await admin.end();
});

async function asBot(statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client.query(statement).finally(() => client.end());
}

test('the bot makes its schemas and works with the role that the script makes', async () => {
  const owners = await database
    .knex('pg_namespace')
    .join('pg_roles', 'pg_roles.oid', 'nspowner')
    .where('nspname', 'like', 'bulk_sms%')
    .select('nspname', 'rolname', 'rolsuper');
  expect(owners).toHaveLength(2);
  for (const owner of owners) expect(owner).toMatchObject({ rolname: 'sms', rolsuper: false });
  expect(await database.knex('bulk_sms.provider_account')).toHaveLength(1);
});

test('a second start finds nothing to migrate, and is as good', async () => {
  expect((await system?.startBot({ ROLE: 'worker' }))?.port).toBeGreaterThan(0);
});

test.each([
  ['make a role', 'create role intruder'],
  ['make a database', 'create database intruder'],
  ['read the passwords', 'select * from pg_authid'],
  ['run a program on the server', `copy (select 1) to program 'true'`],
  ['read a file of the server', `select pg_read_file('/etc/passwd')`],
  ['change the server', `alter system set log_statement = 'all'`],
  ['write into a schema that is not its own', 'create table public.intruder ()'],
])('that role may not %s', async (_, statement) => {
  await expect(asBot(statement)).rejects.toMatchObject({ code: '42501' });
});
