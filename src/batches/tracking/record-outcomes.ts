import type { Knex } from 'knex';
import { cleanReason } from '../../providers/clean-reason';
import type { MessageStatus } from '../../providers/sms-provider';
import { takeBackAttempts } from '../store/delivered-attempts';
import { addToCounts, type CountChange } from '../store/move-batch';
import { type AskedFrom, type ChunkRangeKey, type FinalOutcome, moveToFinal } from './move-to-final.sql';

/**
 * Records the final outcomes among a provider's statuses of recipients in these chunks. Statuses may come late, twice or in
 * any order: only a `delivered` changes a known outcome.
 */
export async function recordOutcomes(
  trx: Knex.Transaction,
  key: ChunkRangeKey,
  statuses: MessageStatus[],
  settledBy: AskedFrom,
): Promise<void> {
  const change: CountChange = {};
  for (const { was, status, moved } of await moveToFinal(trx, key, statuses.flatMap(toFinal), settledBy)) {
    change[was] = (change[was] ?? 0) - moved;
    change[status] = (change[status] ?? 0) + moved;
  }
  if (Object.keys(change).length === 0) return;
  await addToCounts(trx, key.batchId, change);
  await takeBackAttempts(trx, key.batchId);
}

/** Empty for the others; `unknown` is a text that may wait in the provider's queue: it proves nothing. */
export function toFinal({ messageId, status, reason }: MessageStatus): FinalOutcome[] {
  if (status !== 'delivered' && status !== 'failed') return [];
  return [{ messageId, status, reason: status === 'failed' ? cleanReason(reason ?? null) : null }];
}
