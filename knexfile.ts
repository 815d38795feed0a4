import type { Knex } from 'knex';
import { migrationSource } from './src/db/migrate';

/** For `npm run migrate -- migrate:list`, and the like, on the server that DATABASE_URL names. */
const config: Knex.Config = {
  client: 'pg',
  connection: process.env.DATABASE_URL ?? failWithoutUrl,
  migrations: { migrationSource },
};

function failWithoutUrl(): never {
  throw new Error('Set DATABASE_URL to the server whose tables are to be changed.');
}

export default config;
