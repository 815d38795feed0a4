import type { Knex } from 'knex';
import { groupBy } from '../../group-by';
import { lockBatch } from './batches';
import { detailTable } from './detail-table';
import { addToCounts, type CountChange } from './move-batch';
import { keepSendAttempts } from './send-attempts';
import { lockWaiting } from './submissions';

/** A recipient whose text a replaced send attempt has delivered, while the latest attempt has brought none. */
interface Reached {
  id: string;
  status: 'pending' | 'failed' | 'unknown';
  attempt: number;
  formerId: string;
  formerAttempt: number;
  number: string;
  /** The provider in whose table the recipient is, and the one that delivered. */
  at: string;
  by: string;
}

/** SQL: an attempt before the recipient's latest one was delivered. Nobody may send to them again. */
export const wasReached = (recipient: string): string =>
  `exists (select 1 from sms_send_attempt as reached where reached.batch_id = ${recipient}.batch_id
     and reached.recipient_number = ${recipient}.recipient_number and reached.status = 'delivered')`;

/** Not in an open request: that one nobody can call back. */
const MAY_TAKE_BACK = `(recipient.status in ('failed', 'unknown') or recipient.status = 'pending' and not exists (
  select 1 from sms_submission as open
  where open.batch_id = recipient.batch_id and open.chunk = recipient.chunk and open.outcome = 'in_flight'))`;

/**
 * A delivered send attempt is its recipient's outcome, also where a later one has replaced it. A later one that waits is taken
 * back; one that failed or stayed unknown goes to the history in its place. Returns how many recipients are delivered by that.
 * Call it with what may have brought it about: news of replaced attempts, an outcome of the latest, a request that was deferred.
 */
export async function takeBackAttempts(trx: Knex.Transaction, batchId: string): Promise<number> {
  if ((await listReached(trx, batchId)).length === 0) return 0;
  await lockBatch(trx, batchId);
  // A claim that has begun is in flight for every later statement.
  for (const accountId of await listWaitingAccounts(trx, batchId)) await lockWaiting(trx, batchId, accountId);
  const reached = await listReached(trx, batchId);
  for (const own of groupBy(reached, ({ at, by }) => `${at} ${by}`).values())
    await takeBack(trx, batchId, own);
  const counts: CountChange = { delivered: reached.length };
  for (const status of ['failed', 'unknown'] as const) {
    counts[status] = -reached.filter((one) => one.status === status).length;
  }
  await addToCounts(trx, batchId, counts);
  return reached.length;
}

async function listReached(trx: Knex.Transaction, batchId: string): Promise<Reached[]> {
  const { rows } = await trx.raw(
    `select distinct on (recipient.position) recipient.id, recipient.status, recipient.attempt,
       former.id as "formerId", former.attempt as "formerAttempt", former.recipient_number as number,
       recipient.channel as at, coalesce(account.channel, recipient.channel) as by
     from sms_send_attempt as former
     join sms_batch_recipient as recipient
       on recipient.batch_id = former.batch_id and recipient.recipient_number = former.recipient_number
     left join sms_submission as sent on sent.id = former.submission_id
     left join provider_account as account on account.id = sent.account_id
     where former.batch_id = ? and former.status = 'delivered' and ${MAY_TAKE_BACK}
     order by recipient.position, former.attempt desc`,
    [batchId],
  );
  return rows;
}

/** Of one table of recipients, and one provider that delivered. */
async function takeBack(trx: Knex.Transaction, batchId: string, reached: Reached[]): Promise<void> {
  const [{ at, by }] = reached as [Reached];
  const formerIds = reached.map((one) => one.formerId);
  const sent = reached.filter((one) => one.status !== 'pending').map((one) => one.id);
  await trx.raw(keepSendAttempts(`:at: where id = any(:sent)`), { at: detailTable(at), sent });
  await trx.raw(
    `with gone as (
       delete from :at: as recipient using sms_send_attempt as former
       where former.id = any(:formerIds) and recipient.batch_id = former.batch_id
         and recipient.recipient_number = former.recipient_number
       returning recipient.*, former.id as former_id
     )
     insert into :by: (batch_id, position, chunk, message_id, order_id, provider_message_id, recipient_number, source, line,
       country, status, attempt, submission_id, account_id, settled_at, settled_by, cost, currency, segments_charged, created_at)
     select gone.batch_id, gone.position, coalesce(sent.chunk, gone.chunk), gone.message_id, former.order_id,
       former.provider_message_id, gone.recipient_number, gone.source, gone.line, gone.country, 'delivered',
       case gone.status when 'pending' then gone.attempt - 1 else gone.attempt end, former.submission_id, sent.account_id,
       former.ended_at, former.settled_by, former.cost, former.currency, former.segments_charged, gone.created_at
     from gone join sms_send_attempt as former on former.id = gone.former_id
     left join sms_submission as sent on sent.id = former.submission_id`,
    { at: detailTable(at), by: detailTable(by), formerIds },
  );
  await trx('sms_send_attempt').whereIn('id', formerIds).delete();
  await closeGaps(trx, batchId, reached);
}

/** The last of the others in the history gets the number that the delivered one had there. */
async function closeGaps(trx: Knex.Transaction, batchId: string, reached: Reached[]): Promise<void> {
  await trx.raw(
    `update sms_send_attempt as other set attempt = gap.number
     from unnest(:numbers::text[], :lasts::int[], :gaps::int[]) as gap (recipient_number, last, number)
     where other.batch_id = :batchId and other.recipient_number = gap.recipient_number and other.attempt = gap.last`,
    {
      batchId,
      numbers: reached.map((one) => one.number),
      lasts: reached.map(({ status, attempt }) => (status === 'pending' ? attempt - 1 : attempt)),
      gaps: reached.map((one) => one.formerAttempt),
    },
  );
}

async function listWaitingAccounts(trx: Knex.Transaction, batchId: string): Promise<string[]> {
  return trx('sms_submission')
    .where({ batch_id: batchId, outcome: 'waiting' })
    .distinct('account_id')
    .orderBy('account_id')
    .pluck('account_id');
}
