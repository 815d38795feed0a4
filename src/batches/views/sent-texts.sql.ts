import type { Knex } from 'knex';
import type { RecipientStatus } from '../states';
import type { BatchRow } from '../store/batches';

/** One send attempt: a text of a batch to one number. */
export interface SentText {
  batchId: string;
  content: string;
  /** Of whoever sent it. */
  externalId: string;
  attempt: number;
  status: RecipientStatus;
  failureReason: string | null;
  startedAt: Date;
  /** When the text got its outcome, or when its status last changed. */
  changedAt: Date;
}

/**
 * The batches of a workspace that have a text to a number, newest first. Those that were never started are left out: they
 * sent nothing.
 */
export async function listBatchesTo(
  db: Knex,
  { tenantId, number, limit }: { tenantId: string; number: string; limit: number },
): Promise<Pick<BatchRow, 'id' | 'tenant_id' | 'user_id'>[]> {
  return db('sms_batch as batch')
    .join('sms_batch_recipient as recipient', 'recipient.batch_id', 'batch.id')
    .where({ 'recipient.recipient_number': number, 'batch.tenant_id': tenantId })
    .whereNotNull('batch.started_at')
    .orderBy([
      { column: 'batch.started_at', order: 'desc' },
      { column: 'batch.id', order: 'desc' },
    ])
    .limit(limit)
    .select('batch.id', 'batch.tenant_id', 'batch.user_id');
}

/** Every text of these batches to a number, newest first, former send attempts included. */
export async function listSentTexts(
  db: Knex,
  key: { number: string; batchIds: string[]; limit: number },
): Promise<{ texts: SentText[]; total: number }> {
  const { rows } = await db.raw(
    `with latest as (
       select batch_id, attempt, status, failure_reason, coalesce(settled_at, updated_at) as changed_at
       from sms_batch_recipient where recipient_number = :number and batch_id = any(:batchIds::bigint[])
     ), send_attempts as (
       select * from latest
       union all
       select former.batch_id, former.attempt, former.status, former.failure_reason, ended_at
       from latest join sms_send_attempt as former
         on former.batch_id = latest.batch_id and former.recipient_number = :number
     )
     select send_attempts.batch_id as "batchId", batch.content, person.external_id as "externalId",
       send_attempts.attempt, send_attempts.status, send_attempts.failure_reason as "failureReason",
       batch.started_at as "startedAt", send_attempts.changed_at as "changedAt", count(*) over ()::int as total
     from send_attempts
     join sms_batch as batch on batch.id = send_attempts.batch_id
     join app_user as person on person.id = batch.user_id
     order by batch.started_at desc, send_attempts.batch_id desc, send_attempts.attempt desc
     limit :limit`,
    { ...key },
  );
  return {
    total: rows[0]?.total ?? 0,
    texts: rows.map(({ total, ...text }: SentText & { total: number }) => text),
  };
}
