import type { Knex } from 'knex';
import { detailTable } from '../store/detail-table';
import { addToCounts } from '../store/move-batch';
import { lockWaiting } from '../store/submissions';

/** A send attempt that a later one has replaced. */
interface ReplacedAttempt {
  batchId: string;
  orderId: string;
}

/**
 * These replaced send attempts were delivered after all. Where the attempt that replaced one still waits, it is taken back: the
 * recipient has got the text, and is not sent a second one. The delivered attempt is the recipient's again. One that is in an
 * open request, or was sent, stays: nobody can call it back.
 */
export async function takeBackAttempts(
  trx: Knex.Transaction,
  provider: string,
  delivered: ReplacedAttempt[],
): Promise<void> {
  for (const batchId of [...new Set(delivered.map((one) => one.batchId))].sort()) {
    const orderIds = delivered.filter((one) => one.batchId === batchId).map((one) => one.orderId);
    // A claim that has begun is in flight for every later statement.
    for (const accountId of await listWaitingAccounts(trx, batchId))
      await lockWaiting(trx, batchId, accountId);
    const { rowCount } = await trx.raw(
      `with taken as (
         select recipient.id as recipient_id, former.*
         from sms_send_attempt as former
         join :table: as recipient on recipient.batch_id = former.batch_id
           and recipient.recipient_number = former.recipient_number and recipient.status = 'pending'
         where former.batch_id = :batchId and former.order_id = any(:orderIds) and former.status = 'delivered'
           and former.attempt = recipient.attempt - 1
           and recipient.chunk not in (
             select chunk from sms_submission where batch_id = :batchId and outcome = 'in_flight')
         for update of recipient
       ), gone as (
         delete from sms_send_attempt using taken where sms_send_attempt.id = taken.id
       )
       update :table: as recipient
       set status = 'delivered', order_id = taken.order_id, attempt = taken.attempt,
         provider_message_id = taken.provider_message_id, submission_id = taken.submission_id,
         account_id = (select account_id from sms_submission where id = taken.submission_id),
         failure_reason = null, settled_at = taken.ended_at, settled_by = taken.settled_by, cost = taken.cost,
         currency = taken.currency, segments_charged = taken.segments_charged, updated_at = now()
       from taken where recipient.id = taken.recipient_id`,
      { table: detailTable(provider), batchId, orderIds },
    );
    await addToCounts(trx, batchId, { delivered: rowCount });
  }
}

async function listWaitingAccounts(trx: Knex.Transaction, batchId: string): Promise<string[]> {
  return trx('sms_submission')
    .where({ batch_id: batchId, outcome: 'waiting' })
    .distinct('account_id')
    .orderBy('account_id')
    .pluck('account_id');
}
