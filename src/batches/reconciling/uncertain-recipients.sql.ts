import type { Knex } from 'knex';
import type { ProviderKey } from '../store/batches';
import type { SentWith, TrackedKey } from '../store/detail-table';

/**
 * Recipients who may or may not have got a text, and the send attempts that a provider's record could belong
 * to.
 */

/** One text in one submission. */
export interface TimedAttempt extends SentWith {
  recipient_number: string;
  submission_id: string;
  started_at: Date;
  finished_at: Date;
}

/** A send attempt that the provider may or may not have taken. */
export interface UncertainAttempt extends TimedAttempt {
  /** When the call was over at the latest, even if the sweep marked the submission as unknown hours later. */
  finished_at: Date;
  /** Since `finished_at`, by the database's clock. */
  age_ms: number;
}

/** A recipient whose last send attempt is uncertain. */
export interface UncertainRecipient extends UncertainAttempt {
  id: string;
  chunk: number;
  order_id: string;
}

/**
 * SQL: joins the times of an `UncertainAttempt` to a query that has its `submission_id`. A submission of many requests
 * begins none more than a second after its last record.
 */
const CALL_TIMES = `join lateral (
    select account_id, sub_account, address, started_at,
      least(coalesce(finished_at, started_at), coalesce(recorded_at, started_at) + :longestCallMs * interval '1 ms') as finished_at
    from sms_submission where id = submission_id) as call on true
  cross join lateral (select extract(epoch from clock_timestamp() - finished_at)::float8 * 1000 as age_ms) as age`;

/**
 * Recipients whom an account may or may not have sent a text, and for whom no record of its provider was found yet.
 * `longestCallMs`: no request takes longer than this.
 */
export async function listUncertainRecipients(
  db: Knex,
  { batchId, accountId }: TrackedKey,
  longestCallMs: number,
): Promise<UncertainRecipient[]> {
  const { rows } = await db.raw(
    `select recipient.id, chunk, order_id, recipient_number, submission_id, call.*, age_ms
     from sms_batch_recipient as recipient ${CALL_TIMES}
     where recipient.batch_id = :batchId and recipient.status = 'unknown' and provider_message_id is null
       and call.account_id = :accountId`,
    { batchId, accountId, longestCallMs },
  );
  return rows;
}

/** An account of a batch with such recipients. */
export interface UncertainAccount {
  provider: string;
  /** Of its latest uncertain attempt. */
  ageMs: number;
  /** How long after that attempt the account was asked for its records and told them whole; null: not yet. */
  answeredAfterMs: number | null;
  /** It did not tell them when it was last asked. */
  isUnanswered: boolean;
}

export async function listLatestUncertain(
  db: Knex,
  batchId: string,
  longestCallMs: number,
): Promise<UncertainAccount[]> {
  const { rows } = await db.raw(
    `select channel as provider, min(age_ms) as "ageMs",
       extract(epoch from used.records_answered_at - max(finished_at))::float8 * 1000 as "answeredAfterMs",
       used.records_unanswered is not null as "isUnanswered"
     from sms_batch_recipient as recipient ${CALL_TIMES}
     join sms_batch_account as used on used.batch_id = recipient.batch_id and used.account_id = call.account_id
     where recipient.batch_id = :batchId and recipient.status = 'unknown' and provider_message_id is null
     group by channel, call.account_id, used.records_answered_at, used.records_unanswered`,
    { batchId, longestCallMs },
  );
  return rows;
}

/** An uncertain send attempt in a comparison with the provider; a later attempt may have replaced it. */
export interface ComparedAttempt extends UncertainAttempt {
  batch_id: string;
}

/** A workspace's uncertain send attempts at these numbers, replaced ones included. */
export async function listUncertainAttempts(
  db: Knex,
  key: ProviderKey,
  numbers: string[],
  longestCallMs: number,
): Promise<ComparedAttempt[]> {
  const isUncertain = `status = 'unknown' and provider_message_id is null and recipient_number = any(:numbers)`;
  const { rows } = await db.raw(
    `with uncertain as (
       select batch_id, recipient_number, submission_id from sms_batch_recipient where ${isUncertain}
       union all
       select batch_id, recipient_number, submission_id from sms_send_attempt where ${isUncertain}
     )
     select uncertain.*, call.*, age_ms
     from uncertain join sms_batch as batch on batch.id = uncertain.batch_id and batch.tenant_id = :tenantId ${CALL_TIMES}
     join provider_account as account on account.id = call.account_id and account.channel = :provider`,
    { ...key, numbers, longestCallMs },
  );
  return rows;
}

/**
 * Send attempts at these numbers, in any batch, whose provider's record we could not recognise by its id:
 * uncertain ones, those in open requests, replaced ones, and those that a delivery report without a message
 * id has settled. An attempt in an open request ends now at the earliest.
 */
export async function listCompetingAttempts(
  db: Knex,
  provider: string,
  numbers: string[],
): Promise<TimedAttempt[]> {
  const { rows } = await db.raw(
    `with competing as (
       select recipient_number, submission_id from sms_batch_recipient
       where (status = 'unknown' or settled_by = 'push') and provider_message_id is null
         and recipient_number = any(:numbers)
       union all
       select recipient_number, open.id from sms_submission as open
       join sms_batch_recipient as recipient on recipient.batch_id = open.batch_id and recipient.chunk = open.chunk
       where open.outcome = 'in_flight' and recipient.status = 'pending' and recipient_number = any(:numbers)
       union all
       select recipient_number, submission_id from sms_send_attempt
       where (status = 'unknown' or settled_by = 'push') and provider_message_id is null
         and recipient_number = any(:numbers)
     )
     select recipient_number, submission_id, account_id, sms_submission.sub_account, sms_submission.address,
       started_at,
       coalesce(finished_at, case outcome when 'in_flight' then clock_timestamp() end, started_at) as finished_at
     from competing join sms_submission on sms_submission.id = competing.submission_id
     join provider_account as account on account.id = sms_submission.account_id and account.channel = :provider`,
    { provider, numbers },
  );
  return rows;
}
