import type { Knex } from 'knex';
import type { RecipientStatus } from '../states';
import { detailTable } from '../store/detail-table';

/** One text to one person, or one attempt at it. */
export interface FoundText {
  batchId: string;
  content: string;
  slackUserId: string;
  attempt: number;
  status: RecipientStatus;
  failureReason: string | null;
  startedAt: Date;
  /** When the outcome came about, or the status last changed. */
  changedAt: Date;
}

/**
 * Every text of a workspace to a number, attempts that were put aside included, newest first. What was never
 * started is nobody's text.
 */
export async function listTexts(
  db: Knex,
  key: { tenantId: string; provider: string; number: string; limit: number },
): Promise<{ texts: FoundText[]; total: number }> {
  const { rows } = await db.raw(
    `with latest as (
       select batch_id, attempt, status, failure_reason, coalesce(settled_at, updated_at) as changed_at
       from :table: where recipient_number = :number
     ), attempts as (
       select * from latest
       union all
       select put_aside.batch_id, put_aside.attempt, put_aside.status, put_aside.failure_reason, ended_at
       from latest join sms_send_attempt as put_aside
         on put_aside.batch_id = latest.batch_id and put_aside.recipient_number = :number
     )
     select attempts.batch_id as "batchId", batch.content, person.slack_user_id as "slackUserId", attempts.attempt,
       attempts.status, attempts.failure_reason as "failureReason", batch.started_at as "startedAt",
       attempts.changed_at as "changedAt", count(*) over ()::int as total
     from attempts
     join sms_batch as batch on batch.id = attempts.batch_id
     join app_user as person on person.id = batch.user_id
     where batch.tenant_id = :tenantId and batch.started_at is not null
     order by batch.started_at desc, attempts.batch_id desc, attempts.attempt desc
     limit :limit`,
    { table: detailTable(key.provider), ...key },
  );
  return {
    total: rows[0]?.total ?? 0,
    texts: rows.map(({ total, ...text }: FoundText & { total: number }) => text),
  };
}
