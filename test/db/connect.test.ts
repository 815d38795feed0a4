import { openDatabase } from '../../src/db/connect';
import { createLog } from '../../src/log';
import { createTestDatabase, databaseAt, type TestDatabase } from '../setup/database';

const log = createLog('silent');
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function connect(databaseUrl: string) {
  return openDatabase({ databaseUrl, dataDir: '', log });
}

test('a test database has the tables of the queue', async () => {
  const { rows } = await database.knex.raw('select count(*) as jobs from bulk_sms_queue.jobs');
  expect(rows).toEqual([{ jobs: '0' }]);
});

test('big numbers arrive as strings, times as Date, texts as they were', async () => {
  const { rows } = await database.knex.raw(
    `select 9007199254740993::int8 as id, array[9007199254740993::int8] as ids, 0.10::numeric as price,
            '2026-11-01T00:00:00Z'::timestamptz as at, ?::text as text`,
    ['您好 🎉'],
  );
  expect(rows).toEqual([
    {
      id: '9007199254740993',
      ids: ['9007199254740993'],
      price: '0.10',
      at: new Date('2026-11-01T00:00:00Z'),
      text: '您好 🎉',
    },
  ]);
});

test('every statement and every idle transaction has a time limit', async () => {
  const { rows } = await database.knex.raw(
    `select name, setting::int > 0 as bounded from pg_settings
     where name in ('statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
  );
  expect(rows).toEqual([
    { name: 'idle_in_transaction_session_timeout', bounded: true },
    { name: 'statement_timeout', bounded: true },
  ]);
});

test('when the server ends a connection, idle or busy, only its query fails', async () => {
  const { knex, close } = await connect(database.url);
  const others = 'pid <> pg_backend_pid() and datname = current_database()';
  const busy = expect(knex.raw('select pg_sleep(60)')).rejects.toThrow();
  await Promise.all([knex.raw('select 1'), knex.raw('select 2')]);
  let ended = 0;
  while (ended === 0) {
    const { rows } = await database.knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${others} and query like '%pg_sleep%'`,
    );
    ended = rows.length;
  }
  await busy;
  await database.knex.raw(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where ${others}`);
  expect((await knex.raw('select 3 as n')).rows).toEqual([{ n: 3 }]);
  await close();
});

test('closing does not wait for a query that does not end', async () => {
  const { knex, close } = await connect(database.url);
  const slow = knex.raw('select pg_sleep(600)').catch(() => undefined);
  await knex.raw('select 1');
  await close();
  await database.knex.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`,
  );
  await slow;
});

describe('a server that DATABASE_URL names', () => {
  test('is shown without its password', async () => {
    const url = new URL(database.url);
    url.password = 'secret-word';
    const { location, close } = await connect(url.href);
    expect(location).toMatch(/^PostgreSQL at .*, database test_/);
    expect(location).not.toContain('secret-word');
    await close();
  });

  test('that does not answer is an error of its own, without its password', async () => {
    const opened = connect('postgres://someone:secret-word@127.0.0.1:1/sms');
    await expect(opened).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/127\.0\.0\.1:1, database sms.*ECONNREFUSED/),
    });
    await expect(opened).rejects.toMatchObject({ message: expect.not.stringContaining('secret-word') });
  });

  test('whose address cannot be read is an error of its own, without its password', async () => {
    const opened = connect('postgres://someone:secret-word@/:x');
    await expect(opened).rejects.toMatchObject({ code: 'bad_database_url' });
    await expect(opened).rejects.toMatchObject({ message: expect.not.stringContaining('secret-word') });
  });

  test('is refused where it cannot store every text', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_ascii`;
    await database.knex.raw(`create database ?? encoding 'SQL_ASCII' template template0`, [name]);
    await expect(connect(databaseAt(database.url, name))).rejects.toMatchObject({ code: 'not_utf8' });
    await database.knex.raw('drop database ??', [name]);
  });
});
