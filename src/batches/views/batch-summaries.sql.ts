import type { Knex } from 'knex';
import type { BatchReason, BatchSummary, Counts } from '../batch';
import { type BatchRow, isBatchId } from '../store/batches';

const SUMMARY = ['batch.*', 'person.slack_user_id'] as const;

/** Null where the workspace has no such batch. */
export async function findSummary(
  db: Knex,
  { tenantId, batchId }: { tenantId: string; batchId: string },
): Promise<SummaryRow | null> {
  if (!isBatchId(batchId)) return null;
  return (await summaries(db, tenantId).where('batch.id', batchId).first()) ?? null;
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

function summaries(db: Knex, tenantId: string): Knex.QueryBuilder {
  return db('sms_batch as batch')
    .join('app_user as person', 'person.id', 'batch.user_id')
    .leftJoin('tenant_channel_config as account', (join) =>
      join.on('account.tenant_id', 'batch.tenant_id').andOn('account.channel', 'batch.channel'),
    )
    .where('batch.tenant_id', tenantId)
    .select(SUMMARY)
    .select(db.raw('coalesce(account.held_until > now(), false) as is_held'));
}

/** The row as people see it. `topReasons` are read from another table. */
export function toSummary(row: SummaryRow, topReasons: BatchSummary['topReasons']): BatchSummary {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.channel,
    status: row.status,
    reason: toReason(row),
    round: row.round,
    awaitsDecision:
      row.status === 'submitted' &&
      row.attention === 'uncertain' &&
      row.uncertain_left_at === null &&
      row.unknown_count > 0,
    isHeld: row.is_held,
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
  is_held: boolean;
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
