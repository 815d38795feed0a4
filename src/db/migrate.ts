import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';
import { DatabaseError } from './errors';
import { moveFormerList, usesFormerSchema } from './former-schema';
import { SCHEMA } from './session';

/** A migration of ours. */
interface Migration extends Knex.Migration {
  /**
   * The oldest code that still works on what this migration leaves, by the newest migration which that code has. Not
   * there: all code that worked before, such as after a new column.
   */
  worksFrom?: string;
}

const FOLDER = path.resolve(__dirname, '../../migrations');

/**
 * The migrations in `/migrations`, by their names without extension: run from source (.ts) or from a build (.js), a
 * migration has the same name in the database's list. `src/db` and `dist/src/db` both lie two folders below the folder
 * that has `migrations`.
 */
export const migrationSource = {
  getMigrations: async () => {
    const files = (await readdir(FOLDER)).filter((file) => /(?<!\.d)\.[tj]s$/.test(file));
    return files.map((file) => path.parse(file).name).sort();
  },
  getMigrationName: (name: string) => name,
  // `require` finds the right extension under tsx, jest and plain Node.
  getMigration: async (name: string) => require(path.join(FOLDER, name)) as Migration,
} satisfies Knex.MigrationSource<string>;

/** Where Knex keeps the list of migrations that have run. */
export const migratorConfig = {
  migrationSource,
  schemaName: SCHEMA,
  tableName: 'migrations',
  // A newer version may have migrated already: whether this one still works is `refuseIfTooOld`.
  disableMigrationsListValidation: true,
} satisfies Knex.MigratorConfig;

/** A number that no other advisory lock of ours uses; it must stay the same in every version. */
const MIGRATION_LOCK = 7_202_611;

/**
 * Brings the database up to date, all or nothing, in one transaction: a start that is killed leaves neither half a
 * migration nor Knex's lock behind. Processes that start at the same time take turns. Throws DatabaseError
 * `version_too_old` where a newer version has changed what this one needs, and `others_connected` where tables are to be
 * moved that processes of the former version use.
 */
export async function migrate(knex: Knex): Promise<void> {
  await knex.transaction(async (trx) => {
    // To wait for another process, or to change a big table, may take longer than any query of the bot.
    await trx.raw('set local statement_timeout = 0');
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    const names = await migrationSource.getMigrations();
    await makeList(trx);
    if (await usesFormerSchema(trx)) {
      await moveFormerList(trx, names);
      await trx.raw('set local search_path = public');
    }
    await refuseIfTooOld(trx, names);
    await trx.migrate.latest(migratorConfig);
    await recordOldestCode(trx, names);
  });
}

/** Knex makes this table where there is none, but without `works_from`. */
async function makeList(trx: Knex.Transaction): Promise<void> {
  const { rows } = await trx.raw('select to_regnamespace(?) is not null as found', [SCHEMA]);
  // Not `if not exists`, which asks for the right to make schemas even where this one is there.
  if (!rows[0].found) await trx.raw('create schema ??', [SCHEMA]);
  await trx.raw(`
    create table if not exists ${SCHEMA}.migrations (
      id serial primary key, name varchar(255), batch integer, migration_time timestamptz, works_from varchar(255))`);
}

/** Names begin with a date, so the code's newest migration says how old it is. */
async function refuseIfTooOld(trx: Knex.Transaction, names: string[]): Promise<void> {
  const newest = names.at(-1) ?? '';
  const list = trx(`${SCHEMA}.migrations`);
  const { needed } = (await list.clone().max('works_from as needed').first()) as { needed: string | null };
  if (needed === null || needed <= newest) return;
  throw new DatabaseError(
    'version_too_old',
    `This version is too old for its database, which a newer one has migrated: it ends with the migration ${newest}, and needs to have ${needed}. Start a version that has it. To go back to this one, undo the newer migrations first, with the newer code (docs/UPGRADE.md).`,
  );
}

async function recordOldestCode(trx: Knex.Transaction, names: string[]): Promise<void> {
  for (const name of names) {
    const { worksFrom } = await migrationSource.getMigration(name);
    if (worksFrom) await trx(`${SCHEMA}.migrations`).where({ name }).update({ works_from: worksFrom });
  }
}
