import { knexConfig } from './src/db/knex-config';

/** For `npm run migrate -- migrate:list`, and the like, on the server that DATABASE_URL names. */
export default () => {
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error('Set DATABASE_URL to the server whose tables are to be changed.');
  return knexConfig(DATABASE_URL);
};
