import type { Knex } from 'knex';
import type { RecipientStatus, SubmissionOutcome } from '../states';
import type { OrderedBatchKey } from '../store/detail-table';
import { orderIdRange } from '../store/order-ids';
import type { RecipientDetail, SendAttempt } from './batch-details';

/** A search among the recipients of one batch. All that is given must match. */
export interface RecipientSearch {
  status?: RecipientStatus;
  /** E.164. */
  number?: string;
  lastDigits?: string;
  /** Only the first so many positions of the list are looked at; not given: all. */
  among?: number;
}

/** Reads every row that is looked at. Call it only where the batch's own counts do not give the number. */
export async function countMatches(db: Knex, key: OrderedBatchKey, search: RecipientSearch): Promise<number> {
  const row = await matching(db, key, search).count('* as n').first();
  return Number(row?.n ?? 0);
}

/** In the order of the list. It reads by the index of order ids: the first pages of a million come at once. */
export async function listMatches(
  db: Knex,
  key: OrderedBatchKey,
  search: RecipientSearch,
  range: { offset: number; limit: number },
): Promise<RecipientDetail[]> {
  return matching(db, key, search)
    .join('sms_batch_source as source', (join) =>
      join.on('source.batch_id', 'recipient.batch_id').andOn('source.ordinal', 'recipient.source'),
    )
    .whereBetween('recipient.order_id', orderIdRange(key.orderPrefix, search.among))
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

function matching(
  db: Knex,
  { batchId, orderPrefix }: OrderedBatchKey,
  { status, number, lastDigits, among }: RecipientSearch,
): Knex.QueryBuilder {
  const query = db('sms_batch_recipient as recipient').where('recipient.batch_id', batchId);
  if (status) query.where('recipient.status', status);
  if (number) query.where('recipient.recipient_number', number);
  if (among) query.whereBetween('recipient.order_id', orderIdRange(orderPrefix, among));
  if (lastDigits) query.whereLike('recipient.recipient_number', `%${lastDigits}`);
  return query;
}

/** Every send attempt at a recipient, latest first. */
export async function listSendAttempts(db: Knex, batchId: string, number: string): Promise<SendAttempt[]> {
  const { rows } = await db.raw(
    `with send_attempts as (
       select attempt, order_id, provider_message_id, submission_id, status, failure_reason,
         coalesce(settled_at, updated_at) as changed_at, settled_by, cost, currency, segments_charged
       from sms_batch_recipient where batch_id = :batchId and recipient_number = :number
       union all
       select attempt, order_id, provider_message_id, submission_id, status, failure_reason, ended_at, settled_by,
         cost, currency, segments_charged
       from sms_send_attempt where batch_id = :batchId and recipient_number = :number
     )
     select send_attempts.attempt, order_id as "orderId", provider_message_id as "messageId",
       status, failure_reason as reason, changed_at as "changedAt", settled_by as "settledBy",
       submission.id as submission_id, started_at, finished_at, outcome, trim_scale(cost)::text as sum, currency,
       coalesce(segments_charged, 0) as segments, coalesce(other.outcomes, '[]') as "otherOutcomes",
       exists (select 1 from sms_implausible_cost as odd where odd.order_id = send_attempts.order_id) as "isCostImplausible"
     from send_attempts
     left join lateral (
       select jsonb_agg(jsonb_build_object('kind', kind, 'status', other_status, 'reason', reason, 'at', at,
         'source', source) order by at) as outcomes
       from (
         select case said_status when 'delivered' then 'corrected' else 'contradicts' end as kind,
           'failed' as other_status, case said_status when 'delivered' then was_reason else said_reason end as reason,
           case said_status when 'delivered' then was_at else said_at end as at,
           case said_status when 'delivered' then was_by else said_by end as source
         from sms_outcome_change as change where change.order_id = send_attempts.order_id) as one) as other on true
     left join sms_submission as submission on submission.id = send_attempts.submission_id
     order by send_attempts.attempt desc`,
    { batchId, number },
  );
  return rows.map(toSendAttempt);
}

interface SendAttemptRow extends Omit<SendAttempt, 'submission' | 'cost'> {
  submission_id: string | null;
  started_at: Date;
  finished_at: Date | null;
  outcome: SubmissionOutcome;
  sum: string | null;
  currency: string;
  segments: number;
}

function toSendAttempt(row: SendAttemptRow): SendAttempt {
  const { submission_id: id, started_at: startedAt, finished_at: finishedAt, outcome, ...more } = row;
  const { sum, currency, segments, otherOutcomes, ...sendAttempt } = more;
  return {
    ...sendAttempt,
    // In JSON a time is a text.
    otherOutcomes: otherOutcomes.map((one) => ({ ...one, at: new Date(one.at) })),
    submission: id === null ? null : { id, startedAt, finishedAt, outcome },
    cost: sum === null ? null : { sum, currency, segments },
  };
}
