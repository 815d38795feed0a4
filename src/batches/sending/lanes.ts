import type { Knex } from 'knex';
import type { AccountKey } from '../store/batches';
import { countWaiting } from '../store/submissions';
import { countRunning } from './account-limits.sql';

/** Lanes of one account: as many requests of it may be open at once, over all processes. */
const MAX_LANES = 16;

/**
 * How many lanes a batch may have: the account's, shared among its running batches, one at least. Lanes take turns
 * in one queue, so batches of one account are served alike, and accounts too, however many batches each has begun.
 */
export async function shareOfLanes(db: Knex, key: AccountKey): Promise<number> {
  return Math.max(1, Math.floor(MAX_LANES / Math.max(1, await countRunning(db, key))));
}

/** The lanes that a batch opens: its share, and none without a chunk. */
export async function countLanes(db: Knex, batch: AccountKey & { batchId: string }): Promise<number> {
  return Math.min(await shareOfLanes(db, batch), await countWaiting(db, batch.batchId));
}
