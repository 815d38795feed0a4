import type { Knex } from 'knex';

const TRIES = 3;
/** deadlock_detected, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DEADLOCK = '40P01';

/**
 * One transaction, tried up to three times where Postgres ends it because of a deadlock: nothing of it has happened
 * then. `work` runs again from its beginning, so it must read everything anew. Any other error is thrown at once.
 */
export async function transact<T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK;
      if (!isDeadlock || tryNumber === TRIES) throw error;
    }
  }
}
