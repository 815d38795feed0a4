import type { Knex } from 'knex';
import type { RecipientDetail, SendAttempt } from '../batch';
import type { RecipientStatus, SubmissionOutcome } from '../states';
import { type BatchKey, detailTable, type OrderedBatchKey, orderIdsOf } from '../store/detail-table';

/** Looking among the recipients of one batch. */
export interface Match {
  status?: RecipientStatus;
  /** E.164. */
  number?: string;
  lastDigits?: string;
}

/** Reads all that match: asked only where the batch's own counts do not tell. */
export async function countMatches(db: Knex, key: BatchKey, match: Match): Promise<number> {
  const row = await matching(db, key, match).count('* as n').first();
  return Number(row?.n ?? 0);
}

/** In the order of the list, by the index of order ids: the first pages of a million recipients come at once. */
export async function listMatches(
  db: Knex,
  key: OrderedBatchKey,
  match: Match,
  range: { offset: number; limit: number },
): Promise<RecipientDetail[]> {
  return matching(db, key, match)
    .join('sms_batch_source as source', (join) =>
      join.on('source.batch_id', 'recipient.batch_id').andOn('source.ordinal', 'recipient.source'),
    )
    .whereBetween('recipient.order_id', orderIdsOf(key))
    .orderBy('recipient.order_id')
    .offset(range.offset)
    .limit(range.limit)
    .select(
      'recipient_number as recipientNumber',
      'line',
      'name as sourceName',
      'status',
      'failure_reason as failureReason',
      'updated_at as updatedAt',
    );
}

function matching(db: Knex, key: BatchKey, { status, number, lastDigits }: Match): Knex.QueryBuilder {
  const query = db(`${detailTable(key.provider)} as recipient`).where('recipient.batch_id', key.batchId);
  if (status) query.where('recipient.status', status);
  if (number) query.where('recipient.recipient_number', number);
  if (lastDigits) query.whereLike('recipient.recipient_number', `%${lastDigits}`);
  return query;
}

/** Every attempt at a recipient, the latest first. */
export async function listAttempts(db: Knex, key: BatchKey, number: string): Promise<SendAttempt[]> {
  const { rows } = await db.raw(
    `with attempts as (
       select attempt, order_id, provider_message_id, submission_id, status, failure_reason,
         coalesce(settled_at, updated_at) as changed_at, settled_by, cost, currency, segments_charged
       from :table: where batch_id = :batchId and recipient_number = :number
       union all
       select attempt, order_id, provider_message_id, submission_id, status, failure_reason, ended_at, settled_by,
         cost, currency, segments_charged
       from sms_send_attempt where batch_id = :batchId and recipient_number = :number
     )
     select attempts.attempt, order_id as "orderId", provider_message_id as "messageId",
       status, failure_reason as reason, changed_at as "changedAt", settled_by as "settledBy",
       submission.id as submission_id, started_at, finished_at, outcome, trim_scale(cost)::text as sum, currency,
       coalesce(segments_charged, 0) as segments
     from attempts left join sms_submission as submission on submission.id = attempts.submission_id
     order by attempts.attempt desc`,
    { table: detailTable(key.provider), batchId: key.batchId, number },
  );
  return rows.map(toAttempt);
}

interface AttemptRow extends Omit<SendAttempt, 'submission' | 'cost'> {
  submission_id: string | null;
  started_at: Date;
  finished_at: Date | null;
  outcome: SubmissionOutcome;
  sum: string | null;
  currency: string;
  segments: number;
}

function toAttempt(row: AttemptRow): SendAttempt {
  const { submission_id: id, started_at: startedAt, finished_at: finishedAt, outcome, ...more } = row;
  const { sum, currency, segments, ...attempt } = more;
  return {
    ...attempt,
    submission: id === null ? null : { id, startedAt, finishedAt, outcome },
    cost: sum === null ? null : { sum, currency, segments },
  };
}
