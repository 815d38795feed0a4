import { runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import type { Log } from '../log';
import { createLibraryLog } from './library-log';
import { openConnections } from './open-connections';
import { QUEUE_SCHEMA } from './queue-schema';

/**
 * Makes or updates the queue's own tables, in a schema of their own: another program with the same library in this
 * database keeps its jobs to itself. Safe in several processes at once.
 */
export async function migrateQueue(connectionString: string, log: Log): Promise<void> {
  const logger = createLibraryLog(log);
  const pgPool = openConnections({ connectionString, logger });
  try {
    if (await isNew(pgPool)) pgPool.on('acquire', leaveOthersAlone);
    await runMigrations({ pgPool, logger, schema: QUEUE_SCHEMA });
  } finally {
    await pgPool.end();
  }
}

async function isNew(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select to_regnamespace($1) is null as is_new', [QUEUE_SCHEMA]);
  return rows[0].is_new;
}

/**
 * The library tells every worker in the database that tables have changed, whatever schema they are in, and the workers of
 * other programs would shut down. Where the schema is new, none of ours needs to hear it.
 */
function leaveOthersAlone(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const isNotice = (values: unknown) => Array.isArray(values) && values[0] === 'worker:migrate';
  client.query = ((...args: unknown[]) =>
    isNotice(args[1]) ? query('select 1') : query(...args)) as PoolClient['query'];
}
