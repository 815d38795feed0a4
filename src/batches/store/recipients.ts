import type { Knex } from 'knex';
import type { FailureClass } from '../../providers/failure-codes';
import { wasReached } from './delivered-attempts';
import { type ChunkKey, detailTable, type SentWith } from './detail-table';
import { FAILURE_CLASS } from './failure-class';

export interface UnsentRecipient {
  orderId: string;
  recipientNumber: string;
}

/**
 * The recipients of a chunk that were not sent the text yet, in the order of the list; without those whom an earlier attempt
 * has reached since the chunk was planned.
 */
export async function listUnsent(
  db: Knex,
  { provider, batchId, chunk }: ChunkKey,
): Promise<UnsentRecipient[]> {
  return db(`${detailTable(provider)} as recipient`)
    .where({ batch_id: batchId, status: 'pending', chunk })
    .whereRaw(`not ${wasReached('recipient')}`)
    .orderBy('position')
    .select('order_id as orderId', 'recipient_number as recipientNumber');
}

/** A recipient whose outcome the provider can be asked about, and what they were sent to with. */
export interface AskableRecipient extends SentWith {
  id: string;
  chunk: number;
  provider_message_id: string;
  status: 'sending' | 'unknown' | 'failed';
}

/**
 * The recipients of a batch, or of one account of it, with one of these statuses and a message id; at most `limit`, those
 * whose status changed last first. A former `failed` may be corrected: see states.ts.
 */
export async function listAskable(
  db: Knex,
  { batchId, accountId }: { batchId: string; accountId?: string },
  statuses: readonly AskableRecipient['status'][],
  limit: number | null = null,
): Promise<AskableRecipient[]> {
  const query = db('sms_batch_recipient as recipient')
    .join('sms_submission as submission', 'submission.id', 'recipient.submission_id')
    .where({ 'recipient.batch_id': batchId, ...(accountId ? { 'submission.account_id': accountId } : {}) })
    .whereIn('recipient.status', [...statuses])
    .whereNotNull('provider_message_id')
    .select('recipient.id', 'recipient.chunk', 'provider_message_id', 'recipient.status')
    .select('submission.account_id', 'submission.sub_account', 'submission.address');
  return limit === null ? query : query.orderBy('recipient.updated_at', 'desc').limit(limit);
}

/** The failed recipients of an account whose reasons are of these classes, with what they can be asked about. */
export async function listFailed(
  db: Knex,
  { batchId, accountId }: { batchId: string; accountId: string },
  classes: readonly FailureClass[],
): Promise<FailedRecipient[]> {
  return db('sms_batch_recipient as recipient')
    .leftJoin('sms_submission as submission', 'submission.id', 'recipient.submission_id')
    .where({ 'recipient.batch_id': batchId, 'recipient.status': 'failed' })
    .whereRaw(`${FAILURE_CLASS} = any(?::text[])`, [[...classes]])
    .whereRaw(
      `recipient.chunk in (select chunk from sms_submission where batch_id = :batchId and account_id = :accountId)`,
      { batchId, accountId },
    )
    .select('recipient.id', 'recipient.chunk', 'provider_message_id')
    .select(db.raw('? as account_id', [accountId]), 'submission.sub_account', 'submission.address');
}

/** One without a message id was never on its way, or a report without one told its outcome. */
export interface FailedRecipient extends SentWith {
  id: string;
  chunk: number;
  provider_message_id: string | null;
}

/** Failure reasons with counts, most frequent first. */
export async function countReasons(
  db: Knex,
  batchId: string,
  limit: number,
): Promise<{ reason: string; count: number }[]> {
  const rows = await db('sms_batch_recipient')
    .where({ batch_id: batchId, status: 'failed' })
    .groupBy('failure_reason')
    .orderByRaw('count(*) desc, failure_reason')
    .limit(limit)
    .select('failure_reason', db.raw('count(*)::int as count'));
  return rows.map((row) => ({ reason: row.failure_reason ?? '', count: row.count }));
}
