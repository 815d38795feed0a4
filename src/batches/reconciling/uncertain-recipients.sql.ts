import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/** Who may or may not have been sent a text, and what a record of the provider could be proof of. */

/** A request that carried a text to a number. */
export interface Attempt {
  recipient_number: string;
  submission_id: string;
  started_at: Date;
  finished_at: Date;
}

/** An attempt of which nobody knows what became of it. */
export interface Unproven extends Attempt {
  /** When the call was over, at the latest; who noticed that nobody had, hours later, does not count. */
  finished_at: Date;
  /** Since `finished_at`, by the database's clock. */
  age_ms: number;
}

/** A recipient of whom only an attempt is known. */
export interface Uncertain extends Unproven {
  chunk: number;
  order_id: string;
}

/** SQL: the times of an `Unproven`, joined to a query that has its `submission_id`. */
const CALL_TIMES = `join lateral (
    select started_at,
      least(coalesce(finished_at, started_at), started_at + :longestCallMs * interval '1 ms') as finished_at
    from sms_submission where id = submission_id) as call on true,
  lateral (select extract(epoch from clock_timestamp() - finished_at)::float8 * 1000 as age_ms) as age`;

/**
 * Who may or may not have been sent a text, and for whom the provider has not shown a record yet.
 * `longestCallMs`: so long after its start no request is still on the way.
 */
export async function listUncertain(db: Knex, key: BatchKey, longestCallMs: number): Promise<Uncertain[]> {
  const { rows } = await db.raw(
    `select chunk, order_id, recipient_number, submission_id, call.*, age_ms from :table: as recipient ${CALL_TIMES}
     where recipient.batch_id = :batchId and recipient.status = 'unknown' and provider_message_id is null`,
    { table: detailTable(key.provider), batchId: key.batchId, longestCallMs },
  );
  return rows;
}

/** A text of a workspace that is uncertain, or was when a person put it aside. */
export interface UncertainText extends Unproven {
  batch_id: string;
}

/** All of them to these numbers. */
export async function listUncertainTo(
  db: Knex,
  key: { tenantId: string; provider: string },
  numbers: string[],
  longestCallMs: number,
): Promise<UncertainText[]> {
  const isUncertain = `status = 'unknown' and provider_message_id is null and recipient_number = any(:numbers)`;
  const { rows } = await db.raw(
    `with uncertain as (
       select batch_id, recipient_number, submission_id from :table: where ${isUncertain}
       union all
       select batch_id, recipient_number, submission_id from sms_send_attempt where ${isUncertain}
     )
     select uncertain.*, call.*, age_ms
     from uncertain join sms_batch as batch on batch.id = uncertain.batch_id and batch.tenant_id = :tenantId
       and batch.channel = :provider ${CALL_TIMES}`,
    { ...key, table: detailTable(key.provider), numbers, longestCallMs },
  );
  return rows;
}

/**
 * Attempts at these numbers, of any batch, of which the provider may have a record that we cannot tell: uncertain
 * ones and those in open requests, those that a person put aside, and those of which a report without a message id
 * has come. An open one may last until now.
 */
export async function listRivals(db: Knex, provider: string, numbers: string[]): Promise<Attempt[]> {
  const { rows } = await db.raw(
    `with rival as (
       select recipient_number, submission_id from :table:
       where (status = 'unknown' or settled_by = 'push') and provider_message_id is null
         and recipient_number = any(:numbers)
       union all
       select recipient_number, open.id from sms_submission as open
       join :table: as recipient on recipient.batch_id = open.batch_id and recipient.chunk = open.chunk
       where open.outcome = 'in_flight' and recipient.status = 'pending' and recipient_number = any(:numbers)
       union all
       select recipient_number, submission_id from sms_send_attempt
       where (status = 'unknown' or settled_by = 'push') and provider_message_id is null
         and recipient_number = any(:numbers)
     )
     select recipient_number, submission_id, started_at,
       coalesce(finished_at, case outcome when 'in_flight' then clock_timestamp() end, started_at) as finished_at
     from rival join sms_submission on sms_submission.id = rival.submission_id`,
    { table: detailTable(provider), numbers },
  );
  return rows;
}
