import type { Logger } from 'graphile-worker';
import { Pool } from 'pg';

/**
 * Connections for the queue library; the caller ends them. The library takes its error listeners off connections that it
 * opened itself while they are still closing: a database that stops at that moment would end our process with an
 * unhandled error.
 */
export function openConnections({
  logger,
  ...options
}: {
  connectionString: string;
  max?: number;
  logger: Logger;
}): Pool {
  const pool = new Pool(options);
  // The pool replaces a lost connection, and the query that used it fails: nothing more is to be done.
  const warn = (error: Error) => logger.warn(`A connection of the queue was lost: ${error.message}`);
  pool.on('error', warn);
  pool.on('connect', (client) => client.on('error', warn));
  return pool;
}
