import { migrate, migrationSource } from '../../src/db/migrate';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { startTestSystem } from '../setup/test-system';

const NEWER = '20991231000001_newer';

/** As code of a later version leaves it. */
const addMigration = ({ knex }: TestDatabase, worksFrom: string | null) =>
  knex('migrations').insert({ name: NEWER, batch: 9, migration_time: knex.fn.now(), works_from: worksFrom });

test('a database that a newer version has migrated is used on, by a bot that runs and by one that starts', async () => {
  const system = await startTestSystem({ bot: false });
  const running = await system.startBot();
  await system.db('migrations').insert({ name: NEWER, batch: 9, migration_time: new Date() });
  const started = await system.startBot();
  for (const { port } of [running, started]) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { ok: true }]);
  }
  await system.close();
});

test('a version that is too old for what a newer one has done does not start, and says what it lacks', async () => {
  const database = await createTestDatabase();
  await addMigration(database, NEWER);
  const before = await database.knex('migrations').orderBy('id');
  await expect(migrate(database.knex)).rejects.toMatchObject({ code: 'version_too_old' });
  await expect(migrate(database.knex)).rejects.toThrow(new RegExp(`needs to have ${NEWER}.*UPGRADE\\.md`));
  expect(await database.knex('migrations').orderBy('id')).toEqual(before);
  await database.drop();
});

test('the oldest code that still works is written down beside each migration that names it', async () => {
  const database = await createTestDatabase();
  const names = await migrationSource.getMigrations();
  const told: Record<string, string> = {};
  for (const name of names) {
    const { worksFrom } = await migrationSource.getMigration(name);
    if (worksFrom) told[name] = worksFrom;
  }
  expect(told).toMatchObject({ '20261202000001_own_schemas': '20261202000001_own_schemas' });
  // A migration cannot need code that is newer than itself.
  expect(Object.entries(told).filter(([name, from]) => from > name || !names.includes(from))).toEqual([]);
  const rows = await database.knex('migrations').whereNotNull('works_from').select('name', 'works_from');
  expect(Object.fromEntries(rows.map((row) => [row.name, row.works_from]))).toEqual(told);
  await addMigration(database, names.at(-1) ?? '');
  await migrate(database.knex);
  await database.drop();
});
