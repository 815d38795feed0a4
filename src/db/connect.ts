import { setTimeout as pause } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import type { Client } from 'pg';
import type { Log } from '../log';
import { startEmbedded } from './embedded/start';
import { DatabaseError } from './errors';
import { refuseTransactionPooling } from './refuse-transaction-pooling';
import { POOL_NAME, prepareSession, READS_NAME } from './session';

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
  /**
   * A second, small pool for what people ask: it holds up no job, no job holds it up, and a question that takes too long
   * ends with an error (see read-refusal.ts). For reading alone.
   */
  reads: Knex;
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
  const { connectionString, location } = server;
  const { poolSize = 10, log } = options;
  const pool = createPool({ connectionString, log, ...JOBS_POOL, most: poolSize });
  const reads = createPool({ connectionString, log, ...READS_POOL });
  let closing: Promise<void> | undefined;
  const database: Database = {
    knex: pool,
    reads,
    connectionString,
    location,
    close: () => (closing ??= closeInOrder([pool, reads], server)),
  };
  try {
    await verify(pool, location);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Knex would wait for running queries without limit; the bot has had time to finish them before this. */
const POOL_CLOSE_MS = 2_000;

async function closeInOrder(pools: Knex[], server: Server): Promise<void> {
  const closed = Promise.all(pools.map((pool) => pool.destroy()));
  await Promise.race([closed, pause(POOL_CLOSE_MS, undefined, { ref: false })]);
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

interface PoolOptions {
  connectionString: string;
  /** As pg_stat_activity shows it. */
  name: string;
  most: number;
  statementTimeoutMs: number;
  log: Log;
}

/** Statements of jobs take seconds at most, but the COPY of a big list lasts as long as its download. */
const JOBS_POOL = { name: POOL_NAME, statementTimeoutMs: 600_000 };
/** Nobody waits longer for an answer: by then they are told to ask for less. */
const ANSWER_PEOPLE_WITHIN_MS = 10_000;
/** So many questions at once leave the server to the jobs. */
const READS_AT_ONCE = 5;
const READS_POOL = { name: READS_NAME, most: READS_AT_ONCE, statementTimeoutMs: ANSWER_PEOPLE_WITHIN_MS };
/** Our transactions wait only for the database: an idle one is a bug, and it holds locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** A connection that is silent for so long is asked by the system whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;

function createPool({ connectionString, name, most, statementTimeoutMs, log }: PoolOptions): Knex {
  const settings = {
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  return knex({
    client: 'pg',
    connection: {
      connectionString,
      application_name: name,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      connectionTimeoutMillis: 10_000,
    },
    pool: { min: 0, max: most, afterCreate: prepareWith(settings) },
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

function prepareWith(settings: Record<string, number>) {
  return (client: Client, done: (error: Error | null, client: Client) => void): void => {
    prepareSession(client, settings).then(
      () => done(null, client),
      (error: Error) => {
        // Knex forgets a connection that it could not make.
        void client.end().catch(() => undefined);
        done(error, client);
      },
    );
  };
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
