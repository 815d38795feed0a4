import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Knex } from 'knex';

const FOLDER = path.resolve(__dirname, '../../migrations');

/**
 * The migrations in `/migrations`, known by their names without extension: those run from source (.ts) and
 * those of a build (.js) are the same ones in the database's list. `src/db` and `dist/src/db` both lie two
 * below their `migrations`.
 */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => {
    const files = (await readdir(FOLDER)).filter((file) => /(?<!\.d)\.[tj]s$/.test(file));
    return files.map((file) => path.parse(file).name).sort();
  },
  getMigrationName: (name) => name,
  // `require` finds the extension that is there, under tsx, jest and plain Node alike.
  getMigration: async (name) => require(path.join(FOLDER, name)) as Knex.Migration,
};

/** Any number that no other lock of ours has; the same in every version. */
const MIGRATION_LOCK = 7_202_611;

/**
 * Brings the database up to date: everything or nothing, in one transaction, so a start that is killed leaves
 * neither half a migration nor Knex's lock behind. Processes that start at once do it one after another.
 */
export async function migrate(knex: Knex): Promise<void> {
  await knex.transaction(async (trx) => {
    // Waiting for another process, and changing a big table, may take longer than any query of the bot's.
    await trx.raw('set local statement_timeout = 0');
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await trx.migrate.latest({ migrationSource });
  });
}

/** How many migrations this version has that the database has not. */
export async function pendingMigrations(knex: Knex): Promise<number> {
  const [, pending] = (await knex.migrate.list({ migrationSource })) as [unknown[], unknown[]];
  return pending.length;
}
