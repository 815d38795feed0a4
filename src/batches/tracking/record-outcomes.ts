import type { Knex } from 'knex';
import type { MessageStatus } from '../../providers/sms-provider';
import type { BatchRow } from '../store/batches';
import { addToCounts, type CountChange } from '../store/move-batch';
import { type FinalOutcome, moveToFinal } from '../store/move-recipients';

/**
 * Records what is final among a provider's answers about recipients of these chunks. A recipient whose outcome
 * stands already is not touched, so an answer may come late, twice or in any order.
 */
export async function recordOutcomes(
  trx: Knex.Transaction,
  batch: Pick<BatchRow, 'id' | 'channel'>,
  chunks: { first: number; last: number },
  statuses: MessageStatus[],
  toldBy: 'poll' | 'reconcile',
): Promise<void> {
  const key = { provider: batch.channel, batchId: batch.id, ...chunks };
  const change: CountChange = {};
  for (const { was, status, moved } of await moveToFinal(trx, key, statuses.flatMap(final), toldBy)) {
    change[was] = (change[was] ?? 0) - moved;
    change[status] = (change[status] ?? 0) + moved;
  }
  if (Object.keys(change).length > 0) await addToCounts(trx, batch.id, change);
}

/** `unknown` is a message that waits in the provider's queue: it claims nothing. */
function final({ messageId, status, reason }: MessageStatus): FinalOutcome[] {
  if (status !== 'delivered' && status !== 'failed') return [];
  return [{ messageId, status, reason: status === 'failed' ? (reason ?? null) : null }];
}
