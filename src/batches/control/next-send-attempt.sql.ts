import type { Knex } from 'knex';
import { wasReached } from '../store/delivered-attempts';
import { detailTable, type TrackedKey } from '../store/detail-table';
import { nextOrderId } from '../store/order-ids';
import { keepSendAttempts } from '../store/send-attempts';

/**
 * Begins a new send attempt for those of these recipients of an account that still have the status `from`, and returns how
 * many there are. `ids`: their rows.
 * The ended send attempt goes to the history. The recipient waits in a new chunk under a new order id, so that nothing
 * the provider says about the old one can settle the new one. An `unknown` recipient with a message id is on the way,
 * and is not sent to again, nor is anybody whom an earlier attempt has reached. The rows are locked before they are read, so that a proof that comes now is not overlooked.
 */
export async function beginNextSendAttempt(
  trx: Knex.Transaction,
  key: TrackedKey,
  from: 'failed' | 'unknown',
  ids: string[],
  into: { firstChunk: number; chunkSize: number },
): Promise<number> {
  const { rowCount } = await trx.raw(
    `with locked as (
       select * from :table: as recipient
       where batch_id = :batchId and status = :from and (:from = 'failed' or provider_message_id is null)
         and id = any(:ids) and not ${wasReached('recipient')}
         and chunk in (select chunk from sms_submission where batch_id = :batchId and account_id = :accountId)
       for update
     ), ended as (
       select *, row_number() over (order by position) - 1 as number from locked
     ), history as (
       ${keepSendAttempts('ended')}
     )
     update :table: as recipient
     set status = 'pending', chunk = :firstChunk + ended.number / :chunkSize, attempt = ended.attempt + 1,
       order_id = ${nextOrderId('ended')}, provider_message_id = null,
       submission_id = null, failure_reason = null, settled_at = null, settled_by = null, cost = null,
       currency = null, segments_charged = null, updated_at = now()
     from ended where recipient.id = ended.id`,
    { ...key, table: detailTable(key.provider), from, ids, ...into },
  );
  return rowCount;
}
