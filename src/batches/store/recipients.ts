import type { Knex } from 'knex';
import { type ChunkKey, detailTable } from './detail-table';

export interface UnsentRecipient {
  orderId: string;
  recipientNumber: string;
}

/** The recipients of a chunk that were not sent the text yet, in the order of the list. */
export async function listUnsent(
  db: Knex,
  { provider, batchId, chunk }: ChunkKey,
): Promise<UnsentRecipient[]> {
  return db(detailTable(provider))
    .where({ batch_id: batchId, status: 'pending', chunk })
    .orderBy('position')
    .select('order_id as orderId', 'recipient_number as recipientNumber');
}

/** A recipient whose outcome may be asked about, and what they were sent to with. */
export interface OpenRecipient {
  account_id: string;
  /** Null where a version that did not store it has sent it. */
  sub_account: string | null;
  provider_message_id: string;
  status: 'sending' | 'unknown';
}

/** The recipients of a batch that have a message id and no final status. */
export async function listOpen(db: Knex, batchId: string): Promise<OpenRecipient[]> {
  return db('sms_batch_recipient as recipient')
    .join('sms_submission as submission', 'submission.id', 'recipient.submission_id')
    .where({ 'recipient.batch_id': batchId })
    .whereIn('recipient.status', ['sending', 'unknown'])
    .whereNotNull('provider_message_id')
    .select('provider_message_id', 'recipient.status', 'submission.account_id', 'submission.sub_account');
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
