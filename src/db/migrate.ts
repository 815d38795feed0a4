import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';

const FOLDER = path.resolve(__dirname, '../../migrations');

/**
 * The migrations in `/migrations`, by their names without extension: run from source (.ts) or from a build (.js), a
 * migration has the same name in the database's list. `src/db` and `dist/src/db` both lie two folders below the folder
 * that has `migrations`.
 */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => {
    const files = (await readdir(FOLDER)).filter((file) => /(?<!\.d)\.[tj]s$/.test(file));
    return files.map((file) => path.parse(file).name).sort();
  },
  getMigrationName: (name) => name,
  // `require` finds the right extension under tsx, jest and plain Node.
  getMigration: async (name) => require(path.join(FOLDER, name)) as Knex.Migration,
};

/** A number that no other advisory lock of ours uses; it must stay the same in every version. */
const MIGRATION_LOCK = 7_202_611;

/**
 * Brings the database up to date, all or nothing, in one transaction: a start that is killed leaves neither half a
 * migration nor Knex's lock behind. Processes that start at the same time take turns.
 */
export async function migrate(knex: Knex): Promise<void> {
  await knex.transaction(async (trx) => {
    // To wait for another process, or to change a big table, may take longer than any query of the bot.
    await trx.raw('set local statement_timeout = 0');
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await trx.migrate.latest({ migrationSource });
  });
}

/** Returns how many migrations of this version the database does not have yet. */
export async function pendingMigrations(knex: Knex): Promise<number> {
  const [, pending] = (await knex.migrate.list({ migrationSource })) as [unknown[], unknown[]];
  return pending.length;
}
