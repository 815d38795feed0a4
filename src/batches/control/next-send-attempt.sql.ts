import type { Knex } from 'knex';
import { type BatchKey, detailTable } from '../store/detail-table';

/**
 * A person sends again to everyone who stands at `from`: the ended attempt goes to the history, and the
 * recipient waits in a new chunk under a new order id, so that nothing said of the old one can settle the
 * new. Who is `unknown` but known to the provider by id is on the way, and not sent to again; the rows are
 * locked before they are read, so that a proof which comes at this moment is not overlooked.
 */
export async function beginNextSendAttempt(
  trx: Knex.Transaction,
  key: BatchKey,
  from: 'failed' | 'unknown',
  into: { firstChunk: number; chunkSize: number },
): Promise<number> {
  const { rowCount } = await trx.raw(
    `with locked as (
       select * from :table:
       where batch_id = :batchId and status = :from and (:from = 'failed' or provider_message_id is null)
       for update
     ), ended as (
       select *, row_number() over (order by position) - 1 as number from locked
     ), kept as (
       insert into sms_send_attempt (batch_id, recipient_number, attempt, order_id, provider_message_id,
         submission_id, status, failure_reason, ended_at, settled_by, cost, currency, segments_charged)
       select batch_id, recipient_number, attempt, order_id, provider_message_id,
         submission_id, status, failure_reason, coalesce(settled_at, updated_at), settled_by, cost, currency,
         segments_charged
       from ended
     )
     update :table: as recipient
     set status = 'pending', chunk = :firstChunk + ended.number / :chunkSize, attempt = ended.attempt + 1,
       order_id = split_part(ended.order_id, '.', 1) || '.' || (ended.attempt + 1), provider_message_id = null,
       submission_id = null, failure_reason = null, settled_at = null, settled_by = null, cost = null,
       currency = null, segments_charged = null, updated_at = now()
     from ended where recipient.id = ended.id`,
    { table: detailTable(key.provider), batchId: key.batchId, from, ...into },
  );
  return rowCount;
}
