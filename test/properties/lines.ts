import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';

/** How a process is cut off from the database. */
export interface Loss {
  /** Which of its statements, from 1. */
  statement: number;
  /** The statement still arrives, and nobody hears what became of it: a commit, maybe. */
  isSaid: boolean;
  /** The process is killed with it, and says nothing more. */
  isDeath: boolean;
}

/** The lines of processes to their database, each of which may break. */
export interface Lines {
  /** Does what a process does, on a line of its own. Rejects with whatever the loss led to. */
  run<T>(loss: Loss | null, act: () => Promise<T>): Promise<T>;
  /** Whether any was broken since they were settled. */
  wereBroken(): boolean;
  /** Resolves when the server has done with all that was said on broken lines. Forgets them. */
  settle(): Promise<void>;
}

interface Line {
  loss: Loss | null;
  statements: number;
  isDead: boolean;
}

/** The parts of pg's client that are needed to break it. */
interface Connection {
  __knexUid: string;
  /** The pool hands out no connection that has this. */
  __knex__disposed?: string;
  processID: number;
  connection: { stream: { destroy(): void } };
}

/** On a pool of Knex: what runs within `run` knows its line by its asynchronous context. */
export function openLines(db: Knex): Lines {
  const current = new AsyncLocalStorage<Line>();
  const gone: number[] = [];
  let wereBroken = false;

  function destroy(uid: string): void {
    const used: { resource: Connection }[] = db.client.pool.used;
    const connection = used.map((one) => one.resource).find((one) => one.__knexUid === uid);
    if (!connection) throw new Error('a statement without a connection');
    gone.push(connection.processID);
    connection.__knex__disposed = 'cut off';
    connection.connection.stream.destroy();
  }

  db.on('query', ({ __knexUid, sql }: { __knexUid: string; sql: string }) => {
    const line = current.getStore();
    if (!line) return;
    line.statements += 1;
    const isNow = line.loss?.statement === line.statements;
    if (!isNow && !line.isDead) return;
    wereBroken = true;
    if (isNow && line.loss?.isSaid) {
      // Written by then, and not yet answered.
      process.nextTick(() => destroy(__knexUid));
      line.isDead = line.loss.isDeath;
      return;
    }
    // A transaction that was not begun leaves nothing behind.
    if (isNow || !sql.startsWith('BEGIN')) destroy(__knexUid);
    if (isNow && !line.loss?.isDeath) return;
    line.isDead = true;
    throw new Error('the process was killed');
  });

  return {
    run: (loss, act) => current.run({ loss, statements: 0, isDead: false }, act),
    wereBroken: () => wereBroken,
    async settle() {
      const left = async () =>
        (await db.raw('select pid from pg_stat_activity where pid = any(?)', [gone])).rows.length;
      while ((await left()) > 0);
      gone.length = 0;
      wereBroken = false;
    },
  };
}
