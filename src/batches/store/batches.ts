import type { Knex } from 'knex';
import type { Draft, Review, SavedEstimate } from '../batch';
import type { BatchStatus } from '../states';
import type { Alert } from './alerts';

/**
 * Batches are inserted, found and locked here; move-batch.ts changes their status. A function takes a Knex where it
 * only reads, and a transaction where its write must be atomic with others.
 */

/** One batch for each submit key: the second delivery of the same modal returns the batch of the first. */
export async function insertBatch(
  trx: Knex.Transaction,
  draft: Draft,
  orderPrefix: string,
): Promise<{ batchId: string; created: boolean }> {
  const [inserted] = await trx('sms_batch')
    .insert({
      tenant_id: draft.tenantId,
      user_id: draft.userId,
      channel: draft.provider,
      status: 'importing',
      content: draft.content,
      sender_id: draft.senderId,
      default_country: draft.defaultCountry,
      submit_key: draft.submitKey,
      order_prefix: orderPrefix,
      slack_channel_id: draft.slackChannelId,
      slack_view_id: draft.slackViewId,
    })
    .onConflict(['tenant_id', 'submit_key'])
    .ignore()
    .returning('id');
  if (inserted) return { batchId: inserted.id, created: true };
  const first = await trx('sms_batch')
    .where({ tenant_id: draft.tenantId, submit_key: draft.submitKey })
    .first('id');
  return { batchId: first.id, created: false };
}

/** A row of `sms_batch`. */
export interface BatchRow {
  id: string;
  tenant_id: string;
  user_id: string;
  channel: string;
  status: BatchStatus;
  reason: string | null;
  reason_detail: string | null;
  content: string;
  sender_id: string | null;
  default_country: string | null;
  order_prefix: string;
  version: number;
  round: number;
  shown_version: number;
  shown_hash: string | null;
  total_count: number;
  sending_count: number;
  success_count: number;
  failed_count: number;
  unknown_count: number;
  cancelled_count: number;
  countries: Review['countries'];
  cost_estimate: SavedEstimate | null;
  read_bytes: string;
  read_rows: number;
  column_questions: Review['columnQuestions'];
  attention: Alert | null;
  attention_told_at: Date | null;
  slack_channel_id: string;
  slack_view_id: string | null;
  review_channel_id: string | null;
  review_message_ts: string | null;
  slack_message_ts: string | null;
  started_at: Date | null;
  submitted_at: Date | null;
  cancelled_at: Date | null;
  uncertain_left_at: Date | null;
  notified_at: Date | null;
  checked_at: Date | null;
  reported_at: Date | null;
  poll_after_chunk: number;
  poll_after_id: string;
}

/** A workspace's account at a provider. */
export interface AccountKey {
  tenantId: string;
  provider: string;
}

/** The account through which a batch is sent. */
export function accountOf({ tenant_id, channel }: Pick<BatchRow, 'tenant_id' | 'channel'>): AccountKey {
  return { tenantId: tenant_id, provider: channel };
}

/** Whether a text from outside can be a batch's id. Postgres throws when it compares an id with any other text. */
export function isBatchId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** Null where there is no such batch, or where `tenantId` is given and the batch is another workspace's. */
export async function findBatch(db: Knex, batchId: string, tenantId?: string): Promise<BatchRow | null> {
  if (!isBatchId(batchId)) return null;
  const row = await db('sms_batch')
    .where({ id: batchId, ...(tenantId ? { tenant_id: tenantId } : {}) })
    .first();
  return row ?? null;
}

/** The workspace of a batch, as a subquery of another statement. */
export const workspaceOf = (db: Knex, batchId: string): Knex.Raw =>
  db.raw('(select tenant_id from sms_batch where id = ?)', [batchId]);

/** Locks the batch's row for this transaction. Lock order: the recipients' rows, then the batch, then jobs. */
export async function lockBatch(trx: Knex.Transaction, batchId: string): Promise<BatchRow> {
  return trx('sms_batch').where({ id: batchId }).forUpdate().first();
}
