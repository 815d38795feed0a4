import type { Knex } from 'knex';
import type { RecipientStatus } from '../states';
import { type BatchKey, type ChunkKey, detailTable } from './detail-table';

/** Set-based statements that change the status of a provider's recipients, guarded by the former status. */

/**
 * The provider accepted them: each gets its message id. Returns how many moved. The order ids alone would be enough,
 * but without the chunk the planner, whose statistics always lag behind an active batch, may read the whole batch for
 * each thousand recipients (67 ms instead of 27 at 100,000, and growing with the batch).
 */
export async function moveToSending(
  trx: Knex.Transaction,
  key: ChunkKey,
  from: 'pending' | 'unknown',
  submissionId: string,
  accepted: { orderId: string; messageId: string }[],
): Promise<number> {
  if (accepted.length === 0) return 0;
  const { rowCount } = await trx.raw(
    `update ?? as recipient
     set status = 'sending', provider_message_id = answer.message_id, submission_id = ?, updated_at = now()
     from unnest(?::text[], ?::text[]) as answer (order_id, message_id)
     where recipient.batch_id = ? and recipient.chunk = ? and recipient.order_id = answer.order_id
       and recipient.status = ? and recipient.provider_message_id is null`,
    [
      detailTable(key.provider),
      submissionId,
      accepted.map((one) => one.orderId),
      accepted.map((one) => one.messageId),
      key.batchId,
      key.chunk,
      from,
    ],
  );
  return rowCount;
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

/** All recipients of a chunk with the status `from` become `to`. Returns how many moved. */
export async function moveChunk(
  trx: Knex.Transaction,
  key: BatchKey,
  chunk: number,
  from: RecipientStatus,
  to: RecipientStatus,
  change: { submission_id?: string; failure_reason?: string | null } = {},
): Promise<number> {
  const settled = to === 'failed' ? { settled_at: trx.fn.now(), settled_by: 'answer' } : {};
  return trx(detailTable(key.provider))
    .where({ batch_id: key.batchId, status: from, chunk })
    .update({ ...change, ...settled, status: to, updated_at: trx.fn.now() });
}

/**
 * All recipients of a batch that were not submitted become `to`. Those in an open request are not touched: its answer
 * decides. Returns how many moved.
 */
export async function moveUnsent(
  trx: Knex.Transaction,
  key: BatchKey,
  to: 'cancelled' | 'failed',
  reason: string | null = null,
): Promise<number> {
  const { rowCount } = await trx.raw(
    `update ?? set status = ?, failure_reason = ?, updated_at = now(), settled_at = now(), settled_by = ?
     where batch_id = ? and status = 'pending' and chunk not in (
       select chunk from sms_submission where batch_id = ? and outcome = 'in_flight')`,
    [detailTable(key.provider), to, reason, to === 'failed' ? 'answer' : null, key.batchId, key.batchId],
  );
  return rowCount;
}

export interface FinalOutcome {
  messageId: string;
  status: 'delivered' | 'failed';
  reason: string | null;
}

/** Names consecutive chunks of a batch. */
interface ChunkRangeKey extends BatchKey {
  first: number;
  last: number;
}

/**
 * Records outcomes that we asked for, by the provider's message id, and returns how many moved from which status. A
 * final status is never changed. Rows are locked in the same order as by delivery reports from webhooks: the two may
 * run at the same time.
 */
export async function moveToFinal(
  trx: Knex.Transaction,
  key: ChunkRangeKey,
  outcomes: FinalOutcome[],
  settledBy: 'poll' | 'reconcile',
): Promise<{ was: 'sending' | 'unknown'; status: 'delivered' | 'failed'; moved: number }[]> {
  if (outcomes.length === 0) return [];
  const { rows } = await trx.raw(
    `with open as (
       select recipient.id, recipient.status as was, outcome.status, outcome.reason
       from :table: as recipient
       join unnest(:messageIds::text[], :statuses::text[], :reasons::text[]) as outcome (message_id, status, reason)
         on recipient.provider_message_id = outcome.message_id
       where recipient.batch_id = :batchId and recipient.chunk between :first and :last
         and recipient.status in ('sending', 'unknown')
       order by recipient.id for update of recipient
     ), settled as (
       update :table: as recipient
       set status = open.status, failure_reason = open.reason, updated_at = now(), settled_at = now(),
         settled_by = :settledBy
       from open where recipient.id = open.id and recipient.status = open.was
       returning open.was, recipient.status
     )
     select was, status, count(*)::int as moved from settled group by was, status`,
    {
      table: detailTable(key.provider),
      ...key,
      settledBy,
      messageIds: outcomes.map((one) => one.messageId),
      statuses: outcomes.map((one) => one.status),
      reasons: outcomes.map((one) => one.reason || null),
    },
  );
  return rows;
}

/** Recipients whose outcome never came become unknown. Returns how many moved. */
export async function moveOpenToUnknown(trx: Knex.Transaction, key: BatchKey): Promise<number> {
  return trx(detailTable(key.provider))
    .where({ batch_id: key.batchId, status: 'sending' })
    .update({ status: 'unknown', updated_at: trx.fn.now() });
}
