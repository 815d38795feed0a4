import type { AppContext } from '../../src/batches/app-context';
import { openDatabase } from '../../src/db/connect';
import { databaseAt, testServer } from '../setup/database';

/** What a second process of the product has: its own connections to the same database, and no list that the first can read. */
export async function otherProcess(app: AppContext): Promise<{ app: AppContext; close(): Promise<void> }> {
  const { rows } = await app.db.raw('select current_database() as name');
  const databaseUrl = databaseAt(testServer().url, rows[0].name);
  const { knex, reads, close } = await openDatabase({ databaseUrl, dataDir: '', log: app.log });
  return { app: { ...app, db: knex, reads, sources: {} }, close };
}
