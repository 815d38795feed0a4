import type { Knex } from 'knex';
import type { Draft, Review } from '../batch';
import { type BatchStatus, batchStatusesBefore } from '../states';
import type { AccountKey } from './accounts';
import type { KeptEstimate } from './costs';

/** What a batch is and how it moves. A Knex where reading is enough; a transaction, first, where a write must be atomic. */

const COUNTED = ['sending', 'delivered', 'failed', 'unknown', 'cancelled'] as const;

export type CountChange = Partial<Record<(typeof COUNTED)[number] | 'pending', number>>;

const COUNT_COLUMN: Record<(typeof COUNTED)[number], string> = {
  sending: 'sending_count',
  delivered: 'success_count',
  failed: 'failed_count',
  unknown: 'unknown_count',
  cancelled: 'cancelled_count',
};

/** One draft a submit key; the second delivery of the same modal finds the first one's batch. */
export async function insertBatch(
  trx: Knex.Transaction,
  draft: Draft,
  orderPrefix: string,
): Promise<{ batchId: string; created: boolean }> {
  const [inserted] = await trx('sms_batch')
    .insert({
      tenant_id: draft.tenantId,
      user_id: draft.userId,
      channel: draft.channel,
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

/** A batch's row, as the verbs of the heart need it. */
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
  cost_estimate: KeptEstimate | null;
  read_bytes: string;
  read_rows: number;
  column_questions: Review['columnQuestions'];
  attention: Attention | null;
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

/** The account by which a batch leaves. */
export function accountOf({ tenant_id, channel }: Pick<BatchRow, 'tenant_id' | 'channel'>): AccountKey {
  return { tenantId: tenant_id, channel };
}

export async function findBatch(db: Knex, batchId: string, tenantId?: string): Promise<BatchRow | null> {
  if (!/^\d{1,18}$/.test(batchId)) return null;
  const row = await db('sms_batch')
    .where({ id: batchId, ...(tenantId ? { tenant_id: tenantId } : {}) })
    .first();
  return row ?? null;
}

/** Locks the batch's row for this transaction. Taken after the recipients' rows and before any job. */
export async function lockBatch(trx: Knex.Transaction, batchId: string): Promise<BatchRow> {
  return trx('sms_batch').where({ id: batchId }).forUpdate().first();
}

/**
 * Compare and set: the batch goes to `to` only from a status that may precede it. Answers whether it did.
 */
export async function moveBatch(
  trx: Knex,
  batchId: string,
  to: BatchStatus,
  change: Record<string, unknown> = {},
  from: readonly BatchStatus[] = batchStatusesBefore(to),
): Promise<boolean> {
  const moved = await trx('sms_batch')
    .where({ id: batchId })
    .whereIn('status', from as BatchStatus[])
    .update({ ...change, status: to, moved_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

/** Adds what a statement has moved to the counts of the batch; people see the change. */
export async function addToCounts(
  trx: Knex.Transaction,
  batchId: string,
  change: CountChange,
  more: Record<string, unknown> = {},
): Promise<void> {
  const moved = COUNTED.filter((name) => change[name]);
  await trx('sms_batch')
    .where({ id: batchId })
    .update({
      ...more,
      ...Object.fromEntries(
        moved.map((name) => [
          COUNT_COLUMN[name],
          trx.raw('?? + ?', [COUNT_COLUMN[name], change[name] as number]),
        ]),
      ),
      moved_at: trx.fn.now(),
      version: trx.raw('version + 1'),
    });
}

/** Every chunk is settled: the batch is submitted. Guarded by the absence of a live submission. */
export async function moveToSubmittedIfAllSettled(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const moved = await trx('sms_batch as batch')
    .where({ id: batchId })
    .whereIn('status', batchStatusesBefore('submitted'))
    .whereNotExists(
      trx('sms_submission')
        .whereRaw('batch_id = batch.id')
        .whereIn('outcome', ['waiting', 'in_flight'])
        .select(trx.raw('1')),
    )
    .update({ status: 'submitted', submitted_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

/** The last horizon has passed: who is still open counts as unknown, and the batch is complete. */
export async function moveToCompletedAsItStands(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  return moveBatch(trx, batchId, 'completed', { completed_at: trx.fn.now() });
}

/** Everyone is accounted for: nobody waits or is on the way, and nobody is uncertain whom no person has let be. */
export async function moveToCompletedIfAllFinal(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const moved = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', sending_count: 0 })
    .whereRaw('success_count + failed_count + unknown_count + cancelled_count = total_count')
    .whereRaw('(unknown_count = 0 or uncertain_left_at is not null)')
    .update({ status: 'completed', completed_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

export type Attention = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** What the channel must be told. Another matter takes the place of the former one. */
export async function setAttention(trx: Knex, batchId: string, attention: Attention): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update({ attention, attention_told_at: null });
}

/**
 * People are asked what to do about who stays uncertain: once a round, when nothing of the batch waits any more, and
 * only while there is anything to decide. Answers whether this call asked.
 */
export async function askAboutUncertain(trx: Knex, batchId: string): Promise<boolean> {
  const asked = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', uncertain_left_at: null })
    .where('unknown_count', '>', 0)
    .whereRaw(`attention is distinct from 'uncertain'`)
    .update({ attention: 'uncertain', attention_told_at: null, version: trx.raw('version + 1') });
  return asked === 1;
}
