import type { Knex } from 'knex';
import type { BatchReason, BatchSummary, Counts } from '../batch';
import { type BatchRow, isBatchId } from '../store/batches';
import { FAILURE_CLASS } from '../store/failure-class';

const SUMMARY = ['batch.*', 'person.external_id'] as const;

const TOP_REASONS = 5;

/** Null where the workspace has no such batch. */
export async function findSummary(
  db: Knex,
  { tenantId, batchId }: { tenantId: string; batchId: string },
): Promise<SummaryRow | null> {
  if (!isBatchId(batchId)) return null;
  return (await oneSummary(db, tenantId, batchId).first()) ?? null;
}

/** The newest batches of a workspace that were started. */
export async function listSummaries(
  db: Knex,
  { tenantId, limit }: { tenantId: string; limit: number },
): Promise<SummaryRow[]> {
  return summaries(db, tenantId)
    .whereNotNull('batch.started_at')
    .orderBy('batch.created_at', 'desc')
    .limit(limit);
}

/** One batch with all that `toSummary` needs. */
export function oneSummary(db: Knex, tenantId: string, batchId: string): Knex.QueryBuilder {
  return summaries(db, tenantId)
    .where('batch.id', batchId)
    .joinRaw(FAILED, [TOP_REASONS])
    .select('failed.top_reasons', 'failed.failures');
}

/** Why recipients failed: the most frequent reasons, and how many of each class. One scan. */
const FAILED = `left join lateral (
    with grouped as materialized (
      select coalesce(failure_reason, '') as reason, ${FAILURE_CLASS} as class, count(*)::int as count
      from sms_batch_recipient where batch_id = batch.id and status = 'failed' group by 1, 2
    )
    select (select jsonb_agg(to_jsonb(top) order by count desc, reason) from (
        select reason, sum(count)::int as count from grouped group by reason order by 2 desc, 1 limit ?) as top) as top_reasons,
      (select jsonb_object_agg(class, count) from (
        select class, sum(count)::int as count from grouped group by class) as by_class) as failures
  ) as failed on batch.failed_count > 0`;

function summaries(db: Knex, tenantId: string): Knex.QueryBuilder {
  return db('sms_batch as batch')
    .join('app_user as person', 'person.id', 'batch.user_id')
    .where('batch.tenant_id', tenantId)
    .select(SUMMARY)
    .select(
      db.raw(`exists (
        select 1 from sms_batch_account as used join provider_account as account on account.id = used.account_id
        where used.batch_id = batch.id and account.held_until > now()) as is_held`),
    )
    .select(
      db.raw(`case when batch.unknown_count > 0 then (
        select min(records_unanswered) from sms_batch_account where batch_id = batch.id) end as unanswered`),
    );
}

/** The row as people see it. */
export function toSummary(row: SummaryRow): BatchSummary {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.channel,
    accountId: row.account_id,
    status: row.status,
    reason: toReason(row),
    round: row.round,
    version: row.version,
    alert: row.alert && { kind: row.alert, number: row.alert_number },
    alertNumber: row.alert_number,
    awaitsDecision:
      row.status === 'submitted' &&
      row.alert === 'uncertain' &&
      row.uncertain_left_at === null &&
      row.unknown_count > 0,
    unanswered: row.unanswered,
    isHeld: row.is_held,
    content: row.content,
    senderId: row.sender_id,
    sender: { userId: row.user_id, externalId: row.external_id },
    createdAt: row.created_at,
    startedAt: row.started_at,
    submittedAt: row.submitted_at,
    completedAt: row.completed_at,
    checkedAt: latest(row.checked_at, row.reported_at),
    counts: toCounts(row),
    topReasons: row.top_reasons ?? [],
    failures: { permanent: 0, temporary: 0, not_told: 0, ...row.failures },
  };
}

export interface SummaryRow extends BatchRow {
  external_id: string;
  is_held: boolean;
  unanswered: string | null;
  /** Null while no text has failed; not read for lists of batches. */
  top_reasons?: BatchSummary['topReasons'] | null;
  failures?: Partial<BatchSummary['failures']> | null;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
}

function latest(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

/** Null where nothing stops the batch. */
export function toReason(row: { reason: string | null; reason_detail: string | null }): BatchReason | null {
  return row.reason === null ? null : { code: row.reason, detail: row.reason_detail };
}

function toCounts(row: BatchRow): Counts {
  const { total_count: total, sending_count: sending, success_count: delivered, failed_count: failed } = row;
  const { unknown_count: unknown, cancelled_count: cancelled } = row;
  const waiting = total - sending - delivered - failed - unknown - cancelled;
  return { total, delivered, sending, failed, unknown, waiting, cancelled };
}
