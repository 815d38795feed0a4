import { setTimeout as pause } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import type { Client } from 'pg';
import type { Log } from '../log';
import { startEmbedded } from './embedded/start';
import { DatabaseError } from './errors';
import { refuseTransactionPooling } from './refuse-transaction-pooling';
import { POOL_NAME, prepareSession } from './session';

interface DatabaseOptions {
  /** `postgres://…` of a server to use. Without it, an embedded one is started on `dataDir`. */
  databaseUrl?: string | undefined;
  dataDir: string;
  /** The most connections of the Knex pool; 10 when not given. */
  poolSize?: number;
  /** Only for tests: false makes the embedded server fast and its data unsafe. */
  fsync?: boolean;
  log: Log;
}

export interface Database {
  knex: Knex;
  /** The same database for pg and graphile-worker. May contain a password: never log it. */
  connectionString: string;
  /** Where the data is, in one line for the person who starts the bot, without a password. */
  location: string;
  /** Closes the pool and stops the embedded server, within 10 s. Idempotent. */
  close(): Promise<void>;
}

/**
 * Connects to the database; starts the embedded one where there is no `databaseUrl`. `int8` and `numeric` arrive as
 * strings (ids are strings here; this is pg's own default), times as Date. When a connection is lost later, its query
 * fails, and the pool makes a new one. Throws DatabaseError, whose message says what to do.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const server =
    options.databaseUrl === undefined ? await openEmbedded(options) : await openRemote(options.databaseUrl);
  const pool = createPool(server.connectionString, options);
  let closing: Promise<void> | undefined;
  const database: Database = {
    knex: pool,
    connectionString: server.connectionString,
    location: server.location,
    close: () => (closing ??= closeInOrder(pool, server)),
  };
  try {
    await verify(pool, server.location);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Knex would wait for running queries without limit; the bot has had time to finish them before this. */
const POOL_CLOSE_MS = 2_000;

async function closeInOrder(pool: Knex, server: Server): Promise<void> {
  await Promise.race([pool.destroy(), pause(POOL_CLOSE_MS, undefined, { ref: false })]);
  await server.stop();
}

interface Server {
  connectionString: string;
  location: string;
  stop(): Promise<void>;
}

async function openEmbedded({ dataDir, fsync = true, log }: DatabaseOptions): Promise<Server> {
  const { connectionString, directory, stop } = await startEmbedded({ dataDir, fsync, log });
  return { connectionString, stop, location: `embedded PostgreSQL, data in ${directory}` };
}

async function openRemote(databaseUrl: string): Promise<Server> {
  let url: URL;
  try {
    url = new URL(databaseUrl);
  } catch {
    // Without the cause, which repeats the address with its password.
    throw new DatabaseError(
      'bad_database_url',
      'DATABASE_URL is not an address such as postgres://user:password@host:5432/name (special characters of a password are written as %40 and the like).',
    );
  }
  const host = url.searchParams.get('host') ?? url.host;
  const location = `PostgreSQL at ${host}, database ${url.pathname.slice(1) || '(the default)'}`;
  await refuseTransactionPooling(databaseUrl).catch((cause) => Promise.reject(explain(cause, location)));
  return { connectionString: databaseUrl, location, stop: async () => undefined };
}

/** What each session of the pool has, besides what all of ours have. */
const SESSION_SETTINGS = {
  // Our statements take seconds at most, but the COPY of a big list lasts as long as its download.
  statement_timeout: 600_000,
  // Our transactions wait only for the database: an idle one is a bug, and it holds locks.
  idle_in_transaction_session_timeout: 60_000,
};
/** A connection that is silent for so long is asked by the system whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;

function createPool(connectionString: string, { poolSize = 10, log }: DatabaseOptions): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString,
      application_name: POOL_NAME,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      connectionTimeoutMillis: 10_000,
    },
    pool: { min: 0, max: poolSize, afterCreate: prepare },
    acquireConnectionTimeout: 15_000,
    // An error names the statement without its values, which contain numbers and texts.
    compileSqlOnError: false,
    // Knex's own lines, such as a lost connection; without this it would print them.
    log: {
      debug: (message) => log.debug(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
      deprecate: (method, alternative) => log.warn(`Knex: ${method} is deprecated, use ${alternative}`),
    },
  });
}

function prepare(client: Client, done: (error: Error | null, client: Client) => void): void {
  prepareSession(client, SESSION_SETTINGS).then(
    () => done(null, client),
    (error: Error) => {
      // Knex forgets a connection that it could not make.
      void client.end().catch(() => undefined);
      done(error, client);
    },
  );
}

/** Resolves where the database answers a query now; rejects where it does not. One that takes no writes has answered. */
export async function ping(pool: Knex): Promise<true> {
  await pool.raw('select 1').catch((error: unknown) => {
    if (!(error instanceof DatabaseError && error.code === 'read_only')) throw error;
  });
  return true;
}

/** Resolves where the database takes a write now; rejects where it does not: a standby, a full disk. */
export async function tryWrite(pool: Knex): Promise<true> {
  await pool.raw(
    `insert into rate_limit (key, next_at) values ('readiness', clock_timestamp())
     on conflict (key) do update set next_at = excluded.next_at`,
  );
  return true;
}

/** Checks that there is a server, and that it can store every text. Throws DatabaseError. */
async function verify(pool: Knex, location: string): Promise<void> {
  let encoding: string | undefined;
  try {
    const { rows } = await pool.raw<{ rows: { encoding: string }[] }>(
      `select current_setting('server_encoding') as encoding`,
    );
    encoding = rows[0]?.encoding;
  } catch (cause) {
    throw explain(cause as Error, location);
  }
  if (encoding === 'UTF8') return;
  throw new DatabaseError(
    'not_utf8',
    `The database stores text as ${encoding} (${location}), which cannot store every text. Create it with: create database … encoding 'UTF8' template template0`,
  );
}

function explain(cause: Error, location: string): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  const hint = /unsupported startup parameter/.test(cause.message)
    ? '. A pooler refuses a parameter of DATABASE_URL: leave it out there, or let the pooler ignore it (ignore_startup_parameters)'
    : '';
  return new DatabaseError(
    'unreachable',
    `The database does not answer (${location}): ${cause.message}${hint}`,
    { cause },
  );
}
