import type { Knex } from 'knex';
import type { BatchReason, BatchSummary, Counts } from '../batch';
import type { BatchRow } from './batches';

/** Batches as people see them. */

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
