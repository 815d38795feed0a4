import knex, { type Knex } from 'knex';
import { usesFormerSchema } from './former-schema';
import { migratorConfig } from './migrate';
import { SCHEMA } from './session';

/**
 * For Knex's own commands, which run one step at a time. On the way back, the step that moves the tables to where the
 * former version has them is one of many: those after it find tables and list there.
 */
export async function knexConfig(connection: string): Promise<Knex.Config> {
  const db = knex({ client: 'pg', connection });
  const isFormer = await usesFormerSchema(db).finally(() => db.destroy());
  const { migrationSource, disableMigrationsListValidation } = migratorConfig;
  return {
    client: 'pg',
    connection,
    searchPath: [isFormer ? 'public' : SCHEMA],
    migrations: isFormer ? { migrationSource, disableMigrationsListValidation } : migratorConfig,
  };
}
