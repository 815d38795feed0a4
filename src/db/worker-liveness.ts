import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { Client } from 'pg';
import type { Log } from '../log';
import { type Running, supervise } from '../supervise';
import { keepAsking, prepareSession } from './session';

/**
 * A name is alive while a session holds its advisory lock. Postgres releases the lock the moment the process or its
 * connection dies: this depends on no clock, and no process has to say that it ends. A process that has only lost its
 * connection counts as dead too, so work that is taken over from a dead process must allow for its return.
 */
export interface WorkerLiveness {
  /** The name of this process; another one at each start. */
  name: string;
  /** One more name, which is alive until it is released or this process ends. */
  hold(name: string): { release(): void };
  stop(): Promise<void>;
}

/** The first key of the locks, which distinguishes them from the other advisory locks of the database. */
export const LOCK_CLASS = 1_398_360_140;
/** A machine that loses its power closes no connection: its sessions end after 10 s + 3 * 5 s of silence. */
const NOTICE_SILENCE = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 };
/** It is idle, so nothing else would show that its server has become a standby, or is gone without a word. */
const ASK_EVERY_MS = 10_000;
/** A server that is about to die may never answer. */
const ANSWER_WITHIN_MS = 10_000;

/** SQL that is true where the text in this column is a name that is alive. */
export function isAlive(column: string): string {
  return `exists (
    select 1 from pg_locks where locktype = 'advisory' and granted and classid = ${LOCK_CLASS}
      and objid::bigint = (hashtext(${column})::bigint & 4294967295)
      and database = (select oid from pg_database where datname = current_database()))`;
}

/** Whether a process other than the one of this name is alive now. */
export async function isAnotherAlive(db: Knex, ownName: string): Promise<boolean> {
  const { rows } = await db.raw(
    `with alive as (
       select pid, objid::bigint = (hashtext(:ownName)::bigint & 4294967295) as "isOwn"
       from pg_locks where locktype = 'advisory' and granted and classid = :lockClass
         and database = (select oid from pg_database where datname = current_database()))
     select exists (
       select 1 from alive where pid not in (select pid from alive where "isOwn")) as "isAnother"`,
    { ownName, lockClass: LOCK_CLASS },
  );
  return rows[0].isAnother;
}

/**
 * Keeps this process's name alive, on a connection of its own that is opened again whenever it is lost. Throws when the
 * first connection fails.
 */
export async function keepLiveness(connectionString: string, log: Log): Promise<WorkerLiveness> {
  const names = [`process-${randomBytes(9).toString('hex')}`];
  // It is lost whenever the database restarts, and a second later there is another one.
  const levels = { endedLevel: 'warn' } as const;
  const session = await supervise('The connection for worker liveness', openSession, log, levels);
  return {
    name: names[0] as string,
    hold(name) {
      names.push(name);
      // Where the session is lost meanwhile, the next one holds all names.
      void session
        .current()
        ?.lock(name)
        .catch(() => undefined);
      return {
        release() {
          names.splice(names.indexOf(name), 1);
          void session
            .current()
            ?.unlock(name)
            .catch(() => undefined);
        },
      };
    },
    stop: session.stop,
  };

  async function openSession(): Promise<Session> {
    const opened = await connect(connectionString);
    try {
      for (const name of names) await opened.lock(name);
      return opened;
    } catch (error) {
      await opened.end().catch(() => undefined);
      throw error;
    }
  }
}

interface Session extends Running {
  lock(name: string): Promise<unknown>;
  unlock(name: string): Promise<unknown>;
}

async function connect(connectionString: string): Promise<Session> {
  const client = new Client({
    connectionString,
    application_name: 'bulk-sms liveness',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
  });
  const ended = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
  try {
    await client.connect();
    await prepareSession(client, NOTICE_SILENCE);
    keepAsking(client, ASK_EVERY_MS);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  // All pools of a process name themselves at once, and a connection answers one question at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (sql: string, name: string) => {
    const asked = last.then(() => client.query(sql, [LOCK_CLASS, name]));
    last = asked.catch(() => undefined);
    return asked;
  };
  return {
    ended,
    end: () => client.end(),
    // Shared, so that it need not wait for our former session, which the server may still consider alive.
    lock: (name) => inTurn('select pg_advisory_lock_shared($1, hashtext($2))', name),
    unlock: (name) => inTurn('select pg_advisory_unlock_shared($1, hashtext($2))', name),
  };
}
