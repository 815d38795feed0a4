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
  const isFormer = await leaveOwnSchema(db).finally(() => db.destroy());
  const { migrationSource, disableMigrationsListValidation } = migratorConfig;
  return {
    client: 'pg',
    connection,
    searchPath: [isFormer ? 'public' : SCHEMA],
    migrations: isFormer ? { migrationSource, disableMigrationsListValidation } : migratorConfig,
  };
}

/**
 * Returns whether the way back has moved the tables. The step that does so cannot drop the schema, where Knex notes the
 * step itself: and a role with the name of the schema would look into it first, so the former code would find no tables.
 */
async function leaveOwnSchema(db: Knex): Promise<boolean> {
  const isFormer = await usesFormerSchema(db);
  if (isFormer) {
    // Not `cascade`: it holds nothing else.
    await db.raw(
      `drop table if exists ${SCHEMA}.migrations, ${SCHEMA}.migrations_lock; drop schema if exists ${SCHEMA}`,
    );
  }
  return isFormer;
}
