import type { Knex } from 'knex';
import type { MessageStatus } from '../channels/channel';
import { addToCounts, type BatchRow, type CountChange } from './store/batches';
import { type FinalOutcome, moveToFinal } from './store/move-recipients';

/**
 * Records what is final among a provider's answers about the recipients of one chunk. A recipient whose
 * outcome stands already is not touched, so an answer may come late, twice or in any order.
 */
export async function recordOutcomes(
  trx: Knex.Transaction,
  batch: Pick<BatchRow, 'id' | 'channel'>,
  chunk: number,
  statuses: MessageStatus[],
  toldBy: 'poll' | 'reconcile',
): Promise<void> {
  const of = { channel: batch.channel, batchId: batch.id, chunk };
  const change: Required<Pick<CountChange, 'sending' | 'unknown' | 'delivered' | 'failed'>> = {
    sending: 0,
    unknown: 0,
    delivered: 0,
    failed: 0,
  };
  for (const to of ['delivered', 'failed'] as const) {
    const outcomes = finals(statuses, to);
    let left = outcomes.length;
    for (const from of ['sending', 'unknown'] as const) {
      if (left === 0) break;
      const moved = await moveToFinal(trx, of, from, to, outcomes, toldBy);
      change[to] += moved;
      change[from] -= moved;
      left -= moved;
    }
  }
  if (change.delivered + change.failed > 0) await addToCounts(trx, batch.id, change);
}

function finals(statuses: MessageStatus[], status: 'delivered' | 'failed'): FinalOutcome[] {
  return statuses
    .filter((one) => one.status === status)
    .map((one) => ({
      messageId: one.messageId,
      status,
      reason: status === 'failed' ? (one.reason ?? null) : null,
    }));
}
