import type { Knex } from 'knex';
import type { RecipientStatus } from '../states';
import { listProviders } from './batch-accounts';
import { lockBatch } from './batches';
import { type ChunkKey, detailTable } from './detail-table';

/** Set-based statements that change the status of a provider's recipients, guarded by the former status. */

/** What came of texts that the provider says it has. */
interface MovedToSending {
  /** How many recipients have got a message id. */
  moved: number;
  /** How many of them are `sending` now. */
  sending: number;
}

/**
 * The provider accepted them: each gets its message id, which no text of the account may have yet (`findRepeated`). The order ids alone would be enough,
 * but without the chunk the planner, whose statistics always lag behind an active batch, may read the whole batch for
 * each thousand recipients (67 ms instead of 27 at 100,000, and growing with the batch).
 *
 * Nobody is `sending` in a completed batch: who was left unknown there stays so, with the message id, by which a report
 * may still settle them.
 */
export async function moveToSending(
  trx: Knex.Transaction,
  key: ChunkKey,
  from: 'pending' | 'unknown',
  submissionId: string,
  accepted: { orderId: string; messageId: string }[],
): Promise<MovedToSending> {
  if (accepted.length === 0) return { moved: 0, sending: 0 };
  const isOver = from === 'unknown' && (await isCompleted(trx, key, accepted));
  const { rowCount } = await trx.raw(
    `update :table: as recipient
     set status = :to, provider_message_id = answer.message_id, submission_id = :submissionId,
       account_id = (select account_id from sms_submission where id = :submissionId), updated_at = now()
     from unnest(:orderIds::text[], :messageIds::text[]) as answer (order_id, message_id)
     where recipient.batch_id = :batchId and recipient.chunk = :chunk and recipient.order_id = answer.order_id
       and recipient.status = :from and recipient.provider_message_id is null`,
    {
      table: detailTable(key.provider),
      ...key,
      from,
      to: isOver ? 'unknown' : 'sending',
      submissionId,
      orderIds: accepted.map((one) => one.orderId),
      messageIds: accepted.map((one) => one.messageId),
    },
  );
  return { moved: rowCount, sending: isOver ? 0 : rowCount };
}

/** Locks the recipients, then their batch: it cannot become completed before this transaction ends. */
async function isCompleted(
  trx: Knex.Transaction,
  key: ChunkKey,
  texts: { orderId: string }[],
): Promise<boolean> {
  await named(trx, key, 'unknown', texts).orderBy('id').forUpdate().select('id');
  return (await lockBatch(trx, key.batchId)).status === 'completed';
}

/** The provider named them as not accepted. Returns how many moved. */
export async function moveToRefused(
  trx: Knex.Transaction,
  key: ChunkKey,
  from: 'pending' | 'unknown',
  submissionId: string,
  refused: { orderId: string; reason: string }[],
): Promise<number> {
  if (refused.length === 0) return 0;
  const { rowCount } = await trx.raw(
    `update ?? as recipient
     set status = 'failed', failure_reason = answer.reason, submission_id = ?, updated_at = now(),
       settled_at = now(), settled_by = 'answer'
     from unnest(?::text[], ?::text[]) as answer (order_id, reason)
     where recipient.batch_id = ? and recipient.chunk = ? and recipient.order_id = answer.order_id
       and recipient.status = ?`,
    [
      detailTable(key.provider),
      submissionId,
      refused.map((one) => one.orderId),
      refused.map((one) => one.reason),
      key.batchId,
      key.chunk,
      from,
    ],
  );
  return rowCount;
}

/** Nothing proves whether the provider took them. Returns how many moved. */
export async function moveToUnknown(
  trx: Knex.Transaction,
  key: ChunkKey,
  submissionId: string,
  unclear: { orderId: string }[],
): Promise<number> {
  if (unclear.length === 0) return 0;
  return named(trx, key, 'pending', unclear).update({
    status: 'unknown',
    submission_id: submissionId,
    updated_at: trx.fn.now(),
  });
}

/** The request of a chunk has no known outcome: all of it that is still pending becomes unknown. Returns how many moved. */
export async function moveChunkToUnknown(
  trx: Knex.Transaction,
  { provider, batchId, chunk }: ChunkKey,
  submissionId: string,
): Promise<number> {
  return trx(detailTable(provider))
    .where({ batch_id: batchId, status: 'pending', chunk })
    .update({ status: 'unknown', submission_id: submissionId, updated_at: trx.fn.now() });
}

/** They are proved not sent, and are not tried again by themselves. Returns how many moved. */
export async function moveToFailed(
  trx: Knex.Transaction,
  key: ChunkKey,
  from: 'pending' | 'unknown',
  notSent: { orderId: string }[],
  reason: string | null,
): Promise<number> {
  if (notSent.length === 0) return 0;
  return named(trx, key, from, notSent).update({
    status: 'failed',
    failure_reason: reason,
    settled_at: trx.fn.now(),
    settled_by: 'answer',
    updated_at: trx.fn.now(),
  });
}

function named(
  trx: Knex.Transaction,
  { provider, batchId, chunk }: ChunkKey,
  status: RecipientStatus,
  texts: { orderId: string }[],
): Knex.QueryBuilder {
  return trx(detailTable(provider))
    .where({ batch_id: batchId, status, chunk })
    .whereRaw('order_id = any(?::text[])', [texts.map(({ orderId }) => orderId)]);
}

/**
 * All recipients of a batch that were not submitted become `to`. Those in an open submission are not touched: its answer
 * decides. Returns how many moved.
 */
export async function moveUnsent(
  trx: Knex.Transaction,
  batchId: string,
  to: 'cancelled' | 'failed',
  reason: string | null = null,
): Promise<number> {
  const settledBy = to === 'failed' ? 'answer' : null;
  return inEachTable(trx, batchId, async (table) => {
    const { rowCount } = await trx.raw(
      `update :table: set status = :to, failure_reason = :reason, updated_at = now(), settled_at = now(),
         settled_by = :settledBy
       where batch_id = :batchId and status = 'pending' and chunk not in (
         select chunk from sms_submission where batch_id = :batchId and outcome = 'in_flight')`,
      { table, batchId, to, reason, settledBy },
    );
    return rowCount;
  });
}

/** Does the same in the table of each provider that a batch uses. Returns how many rows moved in all. */
async function inEachTable(
  trx: Knex.Transaction,
  batchId: string,
  move: (table: string) => Promise<number>,
): Promise<number> {
  let moved = 0;
  for (const provider of await listProviders(trx, batchId)) moved += await move(detailTable(provider));
  return moved;
}

/** Recipients whose outcome never came become unknown. Returns how many moved. */
export async function moveOpenToUnknown(trx: Knex.Transaction, batchId: string): Promise<number> {
  return inEachTable(trx, batchId, (table) =>
    trx(table)
      .where({ batch_id: batchId, status: 'sending' })
      .update({ status: 'unknown', updated_at: trx.fn.now() }),
  );
}
