import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';

/** How a process loses its connection to the database. */
export interface Loss {
  /** At which of its statements, from 1. */
  statement: number;
  /** The statement still reaches the server, but its result is lost: a commit, maybe. */
  isSent: boolean;
  /** The process is killed at the same moment, and sends nothing more. */
  isKilled: boolean;
}

/** The database connections of several processes, each of which may break. */
export interface BreakableConnections {
  /** Runs `act` as one process, whose connection may break. Rejects with the error that the loss led to. */
  run<T>(loss: Loss | null, act: () => Promise<T>): Promise<T>;
  /** Whether any broke since the last `settle`. */
  wereBroken(): boolean;
  /** Resolves when the server has ended all broken connections. Forgets them. */
  settle(): Promise<void>;
}

interface SimulatedProcess {
  loss: Loss | null;
  statements: number;
  isKilled: boolean;
}

/** The parts of pg's client that breaking a connection needs. */
interface Connection {
  __knexUid: string;
  /** The pool hands out no connection that has this. */
  __knex__disposed?: string;
  processID: number;
  connection: { stream: { destroy(): void } };
}

/** Works on a pool of Knex: a query finds its process by its asynchronous context. */
export function makeBreakable(db: Knex): BreakableConnections {
  const current = new AsyncLocalStorage<SimulatedProcess>();
  const brokenPids: number[] = [];
  let wereBroken = false;

  function destroy(uid: string): void {
    const used: { resource: Connection }[] = db.client.pool.used;
    const connection = used.map((one) => one.resource).find((one) => one.__knexUid === uid);
    if (!connection) throw new Error('a statement without a connection');
    brokenPids.push(connection.processID);
    connection.__knex__disposed = 'cut off';
    connection.connection.stream.destroy();
  }

  db.on('query', ({ __knexUid, sql }: { __knexUid: string; sql: string }) => {
    const caller = current.getStore();
    if (!caller) return;
    caller.statements += 1;
    const isNow = caller.loss?.statement === caller.statements;
    if (!isNow && !caller.isKilled) return;
    wereBroken = true;
    if (isNow && caller.loss?.isSent) {
      // The statement is written by then, and its result has not come yet.
      process.nextTick(() => destroy(__knexUid));
      caller.isKilled = caller.loss.isKilled;
      return;
    }
    // A transaction that has not begun leaves nothing behind.
    if (isNow || !sql.startsWith('BEGIN')) destroy(__knexUid);
    if (isNow && !caller.loss?.isKilled) return;
    caller.isKilled = true;
    throw new Error('the process was killed');
  });

  return {
    run: (loss, act) => current.run({ loss, statements: 0, isKilled: false }, act),
    wereBroken: () => wereBroken,
    async settle() {
      const countLeft = async () =>
        (await db.raw('select pid from pg_stat_activity where pid = any(?)', [brokenPids])).rows.length;
      while ((await countLeft()) > 0);
      brokenPids.length = 0;
      wereBroken = false;
    },
  };
}
