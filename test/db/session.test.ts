import { Client } from 'pg';
import { openDatabase, tryWrite } from '../../src/db/connect';
import { keepAsking, prepareSession } from '../../src/db/session';
import { createLog } from '../../src/log';
import { createLibraryLog } from '../../src/queue/library-log';
import { openConnections } from '../../src/queue/open-connections';
import { createTestDatabase, type TestDatabase } from '../setup/database';

const log = createLog('silent');
const POOL_SIZE = 4;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const open = () => openDatabase({ databaseUrl: database.url, dataDir: '', poolSize: POOL_SIZE, log });
const pidOf = async (db: { raw(sql: string): PromiseLike<{ rows: { pid: number }[] }> }) =>
  (await db.raw('select pg_backend_pid() as pid')).rows[0]?.pid;
const READ_ONLY = 'set default_transaction_read_only = on';

test('every session finds our tables, whatever the search path of the database is', async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.knex.raw(`alter database ?? set search_path = nowhere`, [name]);
  const { knex, close } = await open();
  const jobs = openConnections({ connectionString: database.url, logger: createLibraryLog(log) });
  const path = 'show search_path';
  expect((await knex.raw(path)).rows).toEqual([{ search_path: 'bulk_sms' }]);
  expect((await jobs.query(path)).rows).toEqual([{ search_path: 'bulk_sms' }]);
  await jobs.end();
  await close();
});

test('a session that has become read-only fails once, and is used no more', async () => {
  const { knex, close } = await open();
  await knex.raw(READ_ONLY);
  const former = await pidOf(knex);
  await expect(tryWrite(knex)).rejects.toMatchObject({ code: '25006' });
  await tryWrite(knex);
  expect(await pidOf(knex)).not.toBe(former);
  await close();
});

test('in a transaction, its caller gets the error of the database, and not that of a lost connection', async () => {
  const { knex, close } = await open();
  const work = knex.transaction(async (trx) => {
    await trx.raw(READ_ONLY);
    await trx.raw('set transaction read only');
    await trx('tenant').insert({ slack_team_id: 'T1', name: 'One' });
  });
  await expect(work).rejects.toMatchObject({ code: '25006' });
  await tryWrite(knex);
  await close();
});

test('one that fails has all others asked: those that cannot write end too, and those that can stay', async () => {
  const { knex, close } = await open();
  const jobs = openConnections({ connectionString: database.url, logger: createLibraryLog(log) });
  const [idle, able] = [await jobs.connect(), await jobs.connect()];
  const isEnded = new Promise((ended) => idle.once('end', ended));
  await idle.query(READ_ONLY);
  await knex.raw(READ_ONLY);
  await expect(tryWrite(knex)).rejects.toMatchObject({ code: '25006' });
  await isEnded;
  await able.query(`insert into rate_limit (key, next_at) values ('able', now())`);
  idle.release();
  able.release();
  await jobs.end();
  await close();
});

test('a transaction of ours that only reads does not count', async () => {
  const { knex, close } = await open();
  const reading = await knex.transaction({ readOnly: true });
  const pid = await pidOf(reading);
  const other = await knex.transaction();
  await other.raw(READ_ONLY);
  await other.commit();
  await expect(tryWrite(knex)).rejects.toMatchObject({ code: '25006' });
  expect(await pidOf(reading)).toBe(pid);
  await reading.commit();
  await close();
});

test('a connection to a server that takes no writes is refused with words, and so is a start', async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.knex.raw('alter database ?? set default_transaction_read_only = on', [name]);
  await expect(open()).rejects.toMatchObject({
    code: 'read_only',
    message: expect.stringContaining('primary'),
  });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await expect(prepareSession(client)).rejects.toMatchObject({ code: 'read_only' });
  await client.end();
});

test('an idle session that is asked every so often ends once it cannot write', async () => {
  const client = new Client({ connectionString: database.url });
  const ended = new Promise((end) => client.on('error', end));
  await client.connect();
  await prepareSession(client);
  keepAsking(client, 20);
  await client.query(READ_ONLY);
  expect(await ended).toMatchObject({ message: 'the server has become read-only' });
});
