import type { ClientBase } from 'pg';
import { DatabaseError } from './errors';

/** Where our tables are. Every session finds them by its search path, so that no SQL has to name the schema. */
export const SCHEMA = 'bulk_sms';
/** As pg_stat_activity shows our pool. Not `bulk-sms`: by that name the bots before our schema are known. */
export const POOL_NAME = 'bulk-sms pool';
/** The same for the pool of what people ask. */
export const READS_NAME = 'bulk-sms reads';

/** Asked of the server and of the session's default, not of its transaction: some of ours only read, on purpose. */
const IS_READ_ONLY = `pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean`;
/**
 * After these the session is of no use: it cannot write (25006: its server is a standby now), or its connection or its
 * server is ending. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const USELESS_AFTER = /^(25006|08|57P)/;
const READ_ONLY = '25006';
/** In a transaction that has failed, nothing more can be asked; its session goes on to its own end. */
const IN_FAILED_TRANSACTION = '25P02';
/** A server that has not answered by then is gone: nothing but its own wire is asked. */
const ANSWER_WITHIN_MS = 10_000;

/** The parts of pg's own client that are not in its types. */
interface Wire {
  connection: {
    on(event: 'errorMessage', listener: (error: Error & { code?: string }) => void): void;
    on(event: 'readyForQuery', listener: (message: { status: string }) => void): void;
    stream: { destroy(): void };
  };
}

/** Every session of this process: where one has found its server read-only, the others are asked. */
const sessions = new Set<ClientBase>();

/**
 * Makes a new connection a session of ours, before anything else uses it: our schema, these settings, and an end as soon
 * as it cannot write or is about to die. By SQL, because poolers refuse settings at the start of a connection. Throws
 * DatabaseError `read_only` where the server takes no writes, such as a former primary. The caller then ends the client.
 */
export async function prepareSession(
  client: ClientBase,
  settings: Record<string, string | number> = {},
): Promise<void> {
  const entries = Object.entries({ search_path: SCHEMA, ...settings });
  const question = {
    text: `select ${IS_READ_ONLY} as is_read_only,
       (select count(set_config(name, value, false)) from unnest($1::text[], $2::text[]) as setting (name, value))`,
    values: [entries.map(([name]) => name), entries.map(([, value]) => String(value))],
    // A server that is about to die may take a connection and never answer: whoever waits for it would wait for ever.
    query_timeout: ANSWER_WITHIN_MS,
  };
  const { rows } = await client.query(question);
  if (rows[0].is_read_only) {
    throw new DatabaseError(
      'read_only',
      'The database takes no writes: it is a standby, or it was set read-only (default_transaction_read_only). DATABASE_URL must lead to the primary.',
    );
  }
  endWhenUseless(client);
}

/** Asks an idle session every so often whether it still can write; one that cannot, or does not answer, ends. */
export function keepAsking(client: ClientBase, everyMs: number): void {
  const timer = setInterval(() => void endIfReadOnly(client, ANSWER_WITHIN_MS), everyMs);
  timer.unref();
  client.once('end', () => clearInterval(timer));
}

function endWhenUseless(client: ClientBase): void {
  const { connection } = client as unknown as Wire;
  let cause: (Error & { code?: string }) | null = null;
  let isInTransaction = false;
  // Where it is in a transaction, only once that is over: whoever runs it gets the error itself, and not that of a lost
  // connection. The query that failed has its error by now: pg's own client has listened first.
  const endIfFree = () => {
    if (!cause || isInTransaction || !sessions.delete(client)) return;
    end(client, cause);
    if (cause.code === READ_ONLY) for (const other of sessions) void endIfReadOnly(other);
  };
  connection.on('errorMessage', (error) => {
    if (USELESS_AFTER.test(error.code ?? '')) cause ??= error;
    endIfFree();
  });
  connection.on('readyForQuery', ({ status }) => {
    isInTransaction = status !== 'I';
    endIfFree();
  });
  sessions.add(client);
  client.once('end', () => sessions.delete(client));
}

/** A query waits in the client until those before it are done, so a busy session is asked as soon as it is free. */
async function endIfReadOnly(client: ClientBase, withinMs?: number): Promise<void> {
  const question = {
    text: `select ${IS_READ_ONLY} as is_read_only`,
    ...(withinMs && { query_timeout: withinMs }),
  };
  try {
    const { rows } = await client.query(question);
    if (rows[0].is_read_only) throw new Error('the server has become read-only');
  } catch (error) {
    if ((error as { code?: string }).code === IN_FAILED_TRANSACTION) return;
    if (sessions.delete(client)) end(client, error as Error);
  }
}

/** Its pool, or whoever supervises it, takes it for broken at once and makes another one. */
function end(client: ClientBase, cause: Error): void {
  client.emit('error', cause);
  (client as unknown as Wire).connection.stream.destroy();
}
