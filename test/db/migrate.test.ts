import type { Knex } from 'knex';
import { openDatabase } from '../../src/db/connect';
import { migrate, migrationSource, pendingMigrations } from '../../src/db/migrate';
import { createLog } from '../../src/log';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
let knex: Knex;

beforeEach(async () => {
  database = await createTestDatabase();
  knex = database.knex;
});
afterEach(() => database.drop());

function rollBackAll(): Promise<unknown> {
  return knex.migrate.rollback({ migrationSource }, true);
}

test('down takes away all that up made, and up makes the same again', async () => {
  const before = await describeSchema(knex);
  await rollBackAll();
  expect(await describeSchema(knex)).toEqual([]);
  expect(await pendingMigrations(knex)).toBe((await migrationSource.getMigrations([])).length);
  await migrate(knex);
  expect(await describeSchema(knex)).toEqual(before);
  expect(await pendingMigrations(knex)).toBe(0);
});

test('the database knows migrations by names that source and build share', async () => {
  const names = await knex('knex_migrations').pluck('name');
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => name.includes('.'))).toEqual([]);
});

test('processes that start at once run each migration once', async () => {
  await rollBackAll();
  const processes = await Promise.all(
    [1, 2, 3, 4].map(() =>
      openDatabase({ databaseUrl: database.url, dataDir: '', log: createLog('silent') }),
    ),
  );
  await Promise.all(processes.map((process) => migrate(process.knex)));
  await Promise.all(processes.map((process) => process.close()));
  expect((await knex('knex_migrations').pluck('name')).sort()).toEqual(
    await migrationSource.getMigrations([]),
  );
});

test('a migration that fails leaves everything as it was, and the way free for the next try', async () => {
  await rollBackAll();
  const [last = ''] = (await migrationSource.getMigrations([])).slice(-1);
  const original = migrationSource.getMigration;
  const getMigration = jest.spyOn(migrationSource, 'getMigration').mockImplementation(async (name) => {
    const migration = await original(name);
    return name === last
      ? { ...migration, up: () => Promise.reject(new Error('the disk is full')) }
      : migration;
  });
  await expect(migrate(knex)).rejects.toThrow('the disk is full');
  getMigration.mockRestore();
  expect(await describeSchema(knex)).toEqual([]);
  await migrate(knex);
  expect(await pendingMigrations(knex)).toBe(0);
});

/** Every column, index, constraint, function and trigger of our own, a line each. */
async function describeSchema(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { line: string }[] }>(`
    with tables as (
      select oid, relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and relname not like 'knex_%'
    )
    select format('column %s.%s %s %s %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
                  pg_get_expr(adbin, adrelid)) as line
      from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all select format('index %s', indexdef) from pg_indexes join tables on tablename = relname
    union all select format('constraint %s %s', relname, pg_get_constraintdef(c.oid))
      from pg_constraint c join tables on conrelid = tables.oid
    union all select format('trigger %s', pg_get_triggerdef(t.oid))
      from pg_trigger t join tables on tgrelid = tables.oid where not tgisinternal
    union all select format('function %s', pg_get_functiondef(oid))
      from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
    union all select format('type %s', typname) from pg_type
      where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
    order by line`);
  return rows.map(({ line }) => line);
}
