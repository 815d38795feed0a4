import type { Knex } from 'knex';
import { openDatabase } from '../../src/db/connect';
import { migrate, migrationSource } from '../../src/db/migrate';
import { createLog } from '../../src/log';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { listMigrations, undoMigrations } from '../upgrade/former-version';
import { describeSchema } from './describe-schema';

let database: TestDatabase;
let knex: Knex;

beforeEach(async () => {
  database = await createTestDatabase();
  knex = database.knex;
});
afterEach(() => database.drop());

async function undoAll(): Promise<void> {
  const [first = ''] = await migrationSource.getMigrations();
  await undoMigrations(database, first);
}

test('down removes all that up made, and up makes the same again', async () => {
  const before = await describeSchema(knex);
  await undoAll();
  expect(await describeSchema(knex)).toEqual([]);
  expect(await describeSchema(knex, 'public')).toEqual([]);
  await migrate(knex);
  expect(await describeSchema(knex)).toEqual(before);
  expect(await listMigrations(knex)).toEqual(await migrationSource.getMigrations());
});

test('the database lists migrations by names that source and build share', async () => {
  const names = await knex('migrations').pluck('name');
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => name.includes('.'))).toEqual([]);
});

test('processes that start at once run each migration once', async () => {
  await undoAll();
  const processes = await Promise.all(
    [1, 2, 3, 4].map(() =>
      openDatabase({ databaseUrl: database.url, dataDir: '', log: createLog('silent') }),
    ),
  );
  await Promise.all(processes.map((process) => migrate(process.knex)));
  await Promise.all(processes.map((process) => process.close()));
  expect((await knex('migrations').pluck('name')).sort()).toEqual(await migrationSource.getMigrations());
});

test('a migration that fails changes nothing, and does not block the next try', async () => {
  await undoAll();
  const [last = ''] = (await migrationSource.getMigrations()).slice(-1);
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
  expect(await listMigrations(knex)).toEqual(await migrationSource.getMigrations());
});
