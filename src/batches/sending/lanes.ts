import type { Knex } from 'knex';
import type { AccountKey } from '../store/batches';
import { countWaiting } from '../store/submissions';
import { countRunning } from './account-limits.sql';

/** Lanes of one account, over all processes: each has at most one request open. */
const MAX_LANES = 16;

/**
 * How many lanes a batch may have: the account's lanes divided by its running batches, at least one. Lanes
 * take turns in one queue. So all batches of one account progress alike, and all accounts do, however many
 * batches each runs.
 */
export async function shareOfLanes(db: Knex, key: AccountKey): Promise<number> {
  return Math.max(1, Math.floor(MAX_LANES / Math.max(1, await countRunning(db, key))));
}

/** How many lanes a batch opens: its share, but no more than it has waiting chunks. */
export async function countLanes(db: Knex, batch: AccountKey & { batchId: string }): Promise<number> {
  return Math.min(await shareOfLanes(db, batch), await countWaiting(db, batch.batchId));
}
