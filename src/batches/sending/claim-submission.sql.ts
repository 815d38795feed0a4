import type { Knex } from 'knex';
import type { Submission } from '../store/submissions';

/** Step 1 of sending a chunk: claims the next submission, within the limits of the account. */

/**
 * Claims the next submission of a batch that is due, and uses up the account's next request. Null where none
 * is due, the batch does not send, or the account has too many requests open. Call with the account's row
 * locked, so that open requests are counted exactly. While the batch is `pending`, only one request may be
 * open: a text that the provider refuses is refused once, not once per lane. A cancel at the same time
 * deletes waiting rows: the first to lock the row wins.
 */
export async function claimSubmission(
  trx: Knex.Transaction,
  batchId: string,
  by: { tenantId: string; provider: string; maxOpenRequests: number; worker: string | null },
): Promise<Submission | null> {
  const { rows } = await trx.raw(
    `with claimed as (
       update sms_submission set outcome = 'in_flight', started_at = clock_timestamp(), worker = :worker
       where id = (
         select next.id from sms_submission as next join sms_batch as batch on batch.id = next.batch_id
         where next.batch_id = :batchId and next.outcome = 'waiting' and next.not_before <= clock_timestamp()
           and (batch.status = 'submitting'
             or batch.status = 'pending' and not exists (
               select 1 from sms_submission as open where open.batch_id = batch.id and open.outcome = 'in_flight'))
           and (${OPEN_REQUESTS}) < :maxOpenRequests
         order by next.chunk limit 1
         for update of next skip locked)
       returning id, batch_id, chunk, attempt, size
     ), limited as (
       update tenant_channel_config
       set next_request_at = clock_timestamp() + interval '1 second' / max_requests_per_second
       where tenant_id = :tenantId and channel = :provider and exists (select 1 from claimed)
     )
     select * from claimed`,
    { batchId, ...by },
  );
  return rows[0] ?? null;
}

/** SQL: how many requests of an account are open now, over all processes. */
const OPEN_REQUESTS = `
  select count(*) from sms_submission as open join sms_batch as batch on batch.id = open.batch_id
  where open.outcome = 'in_flight' and batch.tenant_id = :tenantId and batch.channel = :provider`;

/** Whether an account may have one more request open. */
export async function mayOpenRequest(
  db: Knex,
  key: { tenantId: string; provider: string; maxOpenRequests: number },
): Promise<boolean> {
  const { rows } = await db.raw(`select (${OPEN_REQUESTS}) < :maxOpenRequests as may`, key);
  return rows[0].may;
}

/** When the next waiting submission of a batch is due, in milliseconds from now; null when none waits. */
export async function nextSubmissionInMs(db: Knex, batchId: string): Promise<number | null> {
  const row = await db('sms_submission')
    .where({ batch_id: batchId, outcome: 'waiting' })
    .select(db.raw(`ceil(extract(epoch from min(not_before) - clock_timestamp()) * 1000)::float8 as in_ms`))
    .first();
  return row?.in_ms === null || row === undefined ? null : Math.max(0, row.in_ms);
}
