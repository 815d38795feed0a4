import type { Knex } from 'knex';

/** Reads with several queries that all see the same moment, so that what is shown together adds up. */
export function inSnapshot<T>(db: Knex, read: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read', readOnly: true });
}
