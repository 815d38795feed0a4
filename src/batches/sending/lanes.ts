import type { Knex } from 'knex';
import { countWaiting } from '../store/submissions';
import { countRunning } from './account-limits.sql';

/** Lanes of one account, over all processes: each has at most one submission open. */
const MAX_LANES = 16;

/**
 * How many lanes a batch may have at an account: the account's lanes divided by its running batches, at least one. Lanes
 * take turns in one queue. So all batches of one account progress alike, and all accounts do, however many batches each
 * runs.
 */
export async function shareOfLanes(db: Knex, accountId: string): Promise<number> {
  return Math.max(1, Math.floor(MAX_LANES / Math.max(1, await countRunning(db, accountId))));
}

/** How many lanes a batch opens at an account: its share, but no more than it has waiting chunks there. */
export async function countLanes(db: Knex, batchId: string, accountId: string): Promise<number> {
  return Math.min(await shareOfLanes(db, accountId), await countWaiting(db, batchId, accountId));
}
