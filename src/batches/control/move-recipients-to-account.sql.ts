import type { Knex } from 'knex';
import { wasReached } from '../store/delivered-attempts';
import { detailTable, type TrackedKey } from '../store/detail-table';
import { nextOrderId } from '../store/order-ids';
import { keepSendAttempts } from '../store/send-attempts';

/**
 * Moves recipients who have certainly got nothing from one account to another, in one statement: how an ended send
 * attempt went is kept, each row is deleted there and inserted here. `failed` ones begin their next send attempt;
 * `pending` ones that are in no open submission go as they are. They wait in new chunks. Returns how many there are. `ids`: only
 * these rows; null: all.
 */
export async function moveRecipientsToAccount(
  trx: Knex.Transaction,
  from: TrackedKey,
  toProvider: string,
  status: 'failed' | 'pending',
  ids: string[] | null,
  into: { firstChunk: number; chunkSize: number },
): Promise<number> {
  const { rows } = await trx.raw(
    `with gone as (
       delete from :from: as recipient
       where batch_id = :batchId and status = :status and (:ids::bigint[] is null or id = any(:ids::bigint[]))
         and chunk in (select chunk from sms_submission where batch_id = :batchId and account_id = :accountId)
         and chunk not in (select chunk from sms_submission where batch_id = :batchId and outcome = 'in_flight')
         and not ${wasReached('recipient')}
       returning *
     ), numbered as (
       select *, row_number() over (order by position) - 1 as number from gone
     ), history as (
       ${keepSendAttempts(`numbered where status = 'failed'`)}
     ), moved as (
       insert into :to: (batch_id, position, chunk, message_id, order_id, recipient_number, source, line, country,
         status, attempt, created_at)
       select batch_id, position, :firstChunk + number / :chunkSize, message_id,
         case status when 'failed' then ${nextOrderId('numbered')} else order_id end, recipient_number, source, line,
         country, 'pending', case status when 'failed' then attempt + 1 else attempt end, created_at
       from numbered
       returning 1
     )
     select count(*)::int as moved from moved`,
    { ...from, from: detailTable(from.provider), to: detailTable(toProvider), status, ids, ...into },
  );
  return rows[0].moved;
}

/** Deletes the waiting submissions of an account whose chunks have nobody left. */
export async function dropEmptyChunks(
  trx: Knex.Transaction,
  { provider, batchId, accountId }: TrackedKey,
): Promise<void> {
  await trx('sms_submission as submission')
    .where({ batch_id: batchId, account_id: accountId, outcome: 'waiting' })
    .whereNotExists(
      trx(`${detailTable(provider)} as recipient`)
        .whereRaw('recipient.batch_id = submission.batch_id and recipient.chunk = submission.chunk')
        .where('recipient.status', 'pending')
        .select(trx.raw('1')),
    )
    .delete();
}
