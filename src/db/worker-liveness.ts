import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log';

/**
 * Signs of life. A name is alive while a session holds its advisory lock, which Postgres gives up the moment
 * the process or its connection dies: no clock is asked, and nobody has to say goodbye. Who has only lost the
 * connection counts as dead too, so whatever is taken from the dead must bear that they come back.
 */
export interface WorkerLiveness {
  /** This process; another one at each start. */
  name: string;
  /** One more name, which lives until it is let go or this process ends. */
  hold(name: string): { letGo(): void };
  stop(): Promise<void>;
}

/** The first key of the locks, which tells them from other advisory locks of the database. */
const LOCK_CLASS = 1_398_360_140;
const CONNECT_AGAIN_MS = 1_000;
/** A machine that has lost its power says nothing: its sessions end after 10 s + 3 * 5 s of silence. */
const NOTICE_SILENCE = `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`;

/** SQL that is true where the text in this column is the name of somebody alive. */
export function isAlive(column: string): string {
  return `exists (
    select 1 from pg_locks where locktype = 'advisory' and granted and classid = ${LOCK_CLASS}
      and objid::bigint = (hashtext(${column})::bigint & 4294967295)
      and database = (select oid from pg_database where datname = current_database()))`;
}

/** Holds this process's name on a connection of its own, and again whenever that is lost. First failure throws. */
export async function keepLiveness(connectionString: string, log: Log): Promise<WorkerLiveness> {
  const names = [`process-${randomBytes(9).toString('hex')}`];
  const stopping = new AbortController();
  let session = await openSession();
  void session.lost.then(openAgain);
  return {
    name: names[0] as string,
    hold(name) {
      names.push(name);
      // A session that is lost meanwhile is followed by one that holds all names.
      void lock(session.client, name).catch(() => undefined);
      return {
        letGo() {
          names.splice(names.indexOf(name), 1);
          void unlock(session.client, name).catch(() => undefined);
        },
      };
    },
    async stop() {
      stopping.abort();
      await session.client.end().catch(() => undefined);
    },
  };

  async function openSession(): Promise<{ client: Client; lost: Promise<void> }> {
    const client = new Client({ connectionString, application_name: 'bulk-sms presence', keepAlive: true });
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
    });
    try {
      await client.connect();
      await client.query(NOTICE_SILENCE);
      for (const name of names) await lock(client, name);
      return { client, lost };
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async function openAgain(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        session = await openSession();
        if (stopping.signal.aborted) await session.client.end();
        else void session.lost.then(openAgain);
        return;
      } catch (error) {
        log.warn({ err: error }, 'the sign of life cannot be given now');
        await pause(CONNECT_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }
}

async function lock(client: Client, name: string): Promise<void> {
  // Shared, so that it need not wait for an own session of before that the server has not missed yet.
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [LOCK_CLASS, name]);
}

async function unlock(client: Client, name: string): Promise<void> {
  await client.query('select pg_advisory_unlock_shared($1, hashtext($2))', [LOCK_CLASS, name]);
}
