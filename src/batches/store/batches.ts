import type { Knex } from 'knex';
import type { BatchReason, BatchSummary, Counts, Draft, Review } from '../batch';
import { type BatchStatus, batchStatusesBefore } from '../states';

/** All SQL on `sms_batch`. A Knex where reading is enough; a transaction, first, where a write must be atomic. */

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
  shown_version: number;
  shown_hash: string | null;
  total_count: number;
  sending_count: number;
  success_count: number;
  failed_count: number;
  unknown_count: number;
  cancelled_count: number;
  countries: Review['countries'];
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

/** How far reading has come. Seen at once: written outside the transaction that reads. */
export async function noteReadProgress(
  db: Knex,
  batchId: string,
  read: { bytes: number; rows: number },
): Promise<void> {
  await db('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ read_bytes: read.bytes, read_rows: read.rows });
}

/** Reading waits until a person has named the columns. */
export async function setColumnQuestions(
  trx: Knex.Transaction,
  batchId: string,
  questions: Review['columnQuestions'],
): Promise<boolean> {
  const set = await trx('sms_batch')
    .where({ id: batchId, status: 'importing' })
    .update({ column_questions: JSON.stringify(questions), version: trx.raw('version + 1') });
  return set === 1;
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

const SUMMARY = ['batch.*', 'person.slack_user_id'] as const;

export function summaries(db: Knex, tenantId: string) {
  return db('sms_batch as batch')
    .join('app_user as person', 'person.id', 'batch.user_id')
    .where('batch.tenant_id', tenantId)
    .select(SUMMARY);
}

export function toSummary(row: SummaryRow, topReasons: BatchSummary['topReasons']): BatchSummary {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    channel: row.channel,
    status: row.status,
    reason: toReason(row),
    content: row.content,
    senderId: row.sender_id,
    sender: { userId: row.user_id, slackUserId: row.slack_user_id },
    slackChannelId: row.slack_channel_id,
    slackMessageTs: row.slack_message_ts,
    createdAt: row.created_at,
    startedAt: row.started_at,
    submittedAt: row.submitted_at,
    completedAt: row.completed_at,
    checkedAt: latest(row.checked_at, row.reported_at),
    counts: toCounts(row),
    topReasons,
  };
}

export interface SummaryRow extends BatchRow {
  slack_user_id: string;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
}

function latest(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

export function toReason(row: { reason: string | null; reason_detail: string | null }): BatchReason | null {
  return row.reason === null ? null : { code: row.reason, detail: row.reason_detail };
}

function toCounts(row: BatchRow): Counts {
  const { total_count: total, sending_count: sending, success_count: delivered, failed_count: failed } = row;
  const { unknown_count: unknown, cancelled_count: cancelled } = row;
  const waiting = total - sending - delivered - failed - unknown - cancelled;
  return { total, delivered, sending, failed, unknown, waiting, cancelled };
}

/** A round of asking the provider is over (`afterChunk` 0), or goes on after this chunk. */
export async function notePoll(trx: Knex, batchId: string, afterChunk: number): Promise<void> {
  await trx('sms_batch')
    .where({ id: batchId })
    .update({
      poll_after_chunk: afterChunk,
      checked_at: trx.fn.now(),
      ...(afterChunk === 0 ? { version: trx.raw('version + 1') } : {}),
    });
}

/**
 * How long ago everything was submitted; 0 while it is not. By the database's clock, which is one for all
 * processes: a machine whose own has jumped must not give up on texts that are on their way.
 */
export async function submittedForMs(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_batch')
    .where({ id: batchId, status: 'submitted' })
    .first(db.raw(`extract(epoch from clock_timestamp() - submitted_at)::float8 * 1000 as ms`));
  return row?.ms ?? 0;
}

/** How long ago the provider last pushed a report about a batch, and was last asked; by the database's clock. */
export async function lastHeard(
  db: Knex,
  batchId: string,
): Promise<{ reportedForMs: number | null; askedForMs: number }> {
  const since = (column: string) => `extract(epoch from clock_timestamp() - ${column})::float8 * 1000`;
  const row = await db('sms_batch')
    .where({ id: batchId })
    .first(
      db.raw(`${since('reported_at')} as reported`),
      db.raw(`${since('coalesce(checked_at, started_at)')} as asked`),
    );
  return { reportedForMs: row?.reported ?? null, askedForMs: row?.asked ?? 0 };
}

/** A batch that the sweep looks after. */
export type Moving = Pick<
  BatchRow,
  'id' | 'status' | 'unknown_count' | 'version' | 'shown_version' | 'notified_at'
> & {
  is_started: boolean;
  is_stalled: boolean;
  has_untold: boolean;
};

/**
 * Everything that may still have to move, oldest first (index sms_batch_open). Not what waits for a person or
 * was never started: a thousand drafts that somebody left lying would hide all that moves.
 */
export async function listMoving(db: Knex, stalledAfterMs: number): Promise<Moving[]> {
  return db('sms_batch')
    .whereRaw(
      `(status in ('importing', 'pending', 'submitting', 'paused', 'submitted')
        or (shown_version < version and started_at is not null)
        or (status = 'completed' and notified_at is null)
        or (attention is not null and attention_told_at is null))`,
    )
    .whereRaw(`column_questions = '[]'::jsonb`)
    .orderBy('id')
    .limit(1_000)
    .select('id', 'status', 'unknown_count', 'version', 'shown_version', 'notified_at')
    .select(db.raw('started_at is not null as is_started'))
    .select(db.raw('(attention is not null and attention_told_at is null) as has_untold'))
    .select(
      db.raw(
        `(status in ('pending', 'submitting') and attention is distinct from 'stalled'
          and moved_at < now() - ? * interval '1 ms') as is_stalled`,
        [stalledAfterMs],
      ),
    );
}

export type Attention = 'paused' | 'failed' | 'stalled' | 'uncertain';

/** What the channel must be told. Another matter takes the place of the former one. */
export async function setAttention(trx: Knex, batchId: string, attention: Attention): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update({ attention, attention_told_at: null });
}

/** What people see of the running batches of an account has changed, though no row of theirs did. */
export async function touchRunning(db: Knex, of: { tenantId: string; channel: string }): Promise<string[]> {
  const rows = await db('sms_batch')
    .where({ tenant_id: of.tenantId, channel: of.channel })
    .whereIn('status', ['pending', 'submitting'])
    .update({ version: db.raw('version + 1') })
    .returning('id');
  return rows.map((row) => row.id);
}
