import type { Knex } from 'knex';
import type { AccountSettings } from '../../tenants/accounts';
import { SUBMISSION, type Submission } from '../store/submissions';

/** Step 1 of sending a chunk: claims the next submission, within the limits of the account. */

/** Who claims, and with which account. */
interface Claimant {
  account: Pick<AccountSettings, 'id' | 'subAccount'>;
  /** Where the requests go: see `SmsProvider.addressOf`. */
  address: string;
  maxOpenRequests: number;
  textsPerRequest: number;
  worker: string | null;
}

export interface ClaimedSubmission extends Submission {
  /** How many of its requests may be open at once: what the account's other submissions leave. */
  requests_at_once: number;
}

/**
 * Claims the next submission of a batch at an account that is due, and uses up the account's next requests: as many as
 * its texts need. Null where none is due, the batch does not send, or the account has too many requests open. Call with
 * the account's row locked, so that open requests are counted exactly. While the batch is `pending`, only one request may be
 * open: a text that the provider refuses is refused once, not once per lane. A cancel at the same time
 * deletes waiting rows: the first to lock the row wins.
 */
export async function claimSubmission(
  trx: Knex.Transaction,
  batchId: string,
  { account, ...by }: Claimant,
): Promise<ClaimedSubmission | null> {
  const { rows } = await trx.raw(
    `with claimed as (
       update sms_submission
       set outcome = 'in_flight', started_at = clock_timestamp(), worker = :worker, sub_account = :subAccount,
         address = :address
       where id = (
         select next.id from sms_submission as next join sms_batch as batch on batch.id = next.batch_id
         where next.batch_id = :batchId and next.account_id = :accountId and next.outcome = 'waiting' and next.not_before <= clock_timestamp()
           and (batch.status = 'submitting'
             or batch.status = 'pending' and not exists (
               select 1 from sms_submission as open where open.batch_id = batch.id and open.outcome = 'in_flight'))
           and (${OPEN_REQUESTS}) < :maxOpenRequests
         order by next.chunk limit 1
         for update of next skip locked)
       returning ${SUBMISSION.join(', ')}
     ), limited as (
       update provider_account set next_request_at = clock_timestamp()
         + ceil(claimed.size::numeric / :textsPerRequest) * interval '1 second' / max_requests_per_second
       from claimed where provider_account.id = claimed.account_id
     )
     select *, :maxOpenRequests - (${OPEN_REQUESTS}) as requests_at_once from claimed`,
    { batchId, accountId: account.id, subAccount: account.subAccount, ...by },
  );
  return rows[0] ?? null;
}

/** SQL: how many requests the submissions of an account that are open now may have open, over all processes. */
const OPEN_REQUESTS = `
  select coalesce(sum(least(ceil(open.size::numeric / :textsPerRequest), :maxOpenRequests)), 0)::int
  from sms_submission as open where open.outcome = 'in_flight' and open.account_id = :accountId`;

/** Whether an account may have one more request open. */
export async function mayOpenRequest(
  db: Knex,
  { account, maxOpenRequests, textsPerRequest }: Omit<Claimant, 'worker' | 'address'>,
): Promise<boolean> {
  const limits = { accountId: account.id, maxOpenRequests, textsPerRequest };
  const { rows } = await db.raw(`select (${OPEN_REQUESTS}) < :maxOpenRequests as may`, limits);
  return rows[0].may;
}

/** When the next waiting submission of a batch at an account is due, in milliseconds; null when none waits. */
export async function nextSubmissionInMs(
  db: Knex,
  batchId: string,
  accountId: string,
): Promise<number | null> {
  const row = await db('sms_submission')
    .where({ batch_id: batchId, account_id: accountId, outcome: 'waiting' })
    .select(db.raw(`ceil(extract(epoch from min(not_before) - clock_timestamp()) * 1000)::float8 as in_ms`))
    .first();
  return row?.in_ms === null || row === undefined ? null : Math.max(0, row.in_ms);
}
