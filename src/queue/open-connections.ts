import type { Logger } from 'graphile-worker';
import { Pool } from 'pg';
import { prepareSession } from '../db/session';

/** A connection that is silent for so long is asked by the system whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;
/** Without a bound, a server that is about to die would hold up the whole pool. */
const CONNECT_WITHIN_MS = 10_000;

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
  const pool = new Pool({
    ...options,
    application_name: 'bulk-sms jobs',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    onConnect: (client) => prepareSession(client),
  });
  // The pool replaces a lost connection, and the query that used it fails: nothing more is to be done.
  const warn = (error: Error) => logger.warn(`A connection of the queue was lost: ${error.message}`);
  pool.on('error', warn);
  pool.on('connect', (client) => client.on('error', warn));
  return pool;
}
