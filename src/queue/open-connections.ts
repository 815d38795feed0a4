import type { Logger } from 'graphile-worker';
import { Pool } from 'pg';

/**
 * Connections for the queue library. Those that it opens by itself it forgets while they are still closing: a server
 * that stops in that moment would then end our process with an error that nobody hears. `end()` is the caller's.
 */
export function openConnections(of: { connectionString: string; max?: number; logger: Logger }): Pool {
  const { logger, ...options } = of;
  const pool = new Pool(options);
  // The pool replaces a connection that is lost, and whoever uses it is told by the query.
  const note = (error: Error) => logger.warn(`A connection of the queue was lost: ${error.message}`);
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}
