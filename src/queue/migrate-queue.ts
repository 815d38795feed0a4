import { runMigrations } from 'graphile-worker';
import type { Log } from '../log';
import { createLibraryLog } from './library-log';
import { openConnections } from './open-connections';

/** Makes or updates the queue's own tables. Safe in several processes at once. */
export async function migrateQueue(connectionString: string, log: Log): Promise<void> {
  const logger = createLibraryLog(log);
  const pgPool = openConnections({ connectionString, logger });
  await runMigrations({ pgPool, logger }).finally(() => pgPool.end());
}
