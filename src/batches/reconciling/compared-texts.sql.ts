import type { Knex } from 'knex';
import type { DayRange } from '../batch';
import type { RecipientStatus } from '../states';
import type { ProviderKey } from '../store/batches';
import type { SentWith } from '../store/detail-table';

/** A text in our tables, to compare with the provider's records. */
export interface OurText {
  accountId: string;
  messageId: string;
  number: string;
  status: RecipientStatus;
  batchId: string;
}

/** What a workspace has sent with at a provider in [start, end), former addresses and sub-accounts included. */
export async function listSentWith(
  db: Knex,
  { tenantId, provider }: ProviderKey,
  { start, end }: Day,
): Promise<SentWith[]> {
  return db('sms_submission as sent')
    .join('provider_account as account', 'account.id', 'sent.account_id')
    .where({ 'account.tenant_id': tenantId, 'account.channel': provider })
    .where('sent.started_at', '>=', start)
    .where('sent.started_at', '<', end)
    .distinct('sent.account_id', 'sent.sub_account', 'sent.address');
}

/** The workspace's accounts at a provider. */
export async function listAccountIds(db: Knex, { tenantId, provider }: ProviderKey): Promise<string[]> {
  return db('provider_account').where({ tenant_id: tenantId, channel: provider }).orderBy('id').pluck('id');
}

export interface Day {
  start: Date;
  end: Date;
}

/** The days of a range, as moments in its time zone. A day of a daylight saving change has 23 or 25 hours. */
export async function listDays(db: Knex, range: DayRange): Promise<Day[]> {
  const { rows } = await db.raw(
    `select day::timestamp at time zone :timeZone as start, (day + interval '1 day')::timestamp at time zone :timeZone as end
     from generate_series(:from::timestamp, :to::timestamp, interval '1 day') as day order by day`,
    { from: range.from, to: range.to, timeZone: range.timeZone },
  );
  return rows;
}

/** The texts of a workspace with these message ids, replaced send attempts included. */
export async function findByMessageIds(db: Knex, key: ProviderKey, messageIds: string[]): Promise<OurText[]> {
  const { rows } = await db.raw(
    `with known as (
       select provider_message_id, recipient_number, status, batch_id, submission_id from sms_batch_recipient
       where channel = :provider and provider_message_id = any(:messageIds)
       union all
       select provider_message_id, recipient_number, status, batch_id, submission_id from sms_send_attempt
       where provider_message_id = any(:messageIds)
     )
     select account.id as "accountId", provider_message_id as "messageId", recipient_number as number, known.status,
       known.batch_id as "batchId"
     from known join sms_submission as sent on sent.id = known.submission_id
     join provider_account as account on account.id = sent.account_id
     where account.channel = :provider and account.tenant_id = :tenantId`,
    { ...key, messageIds },
  );
  return rows;
}

/**
 * The texts of the next ten submissions after `afterId` that started in [start, end), replaced send attempts
 * included. `lastId`: null where no submission is left.
 */
export async function nextSubmitted(
  db: Knex,
  key: ProviderKey,
  period: Day,
  afterId: string,
): Promise<{ texts: OurText[]; lastId: string | null }> {
  const submissions = await db('sms_submission as submission')
    .join('provider_account as account', 'account.id', 'submission.account_id')
    .where({ 'account.tenant_id': key.tenantId, 'account.channel': key.provider })
    .where('submission.started_at', '>=', period.start)
    .where('submission.started_at', '<', period.end)
    .where('submission.id', '>', afterId)
    .orderBy('submission.id')
    .limit(10)
    .pluck('submission.id');
  // The join names the chunk and the statuses so that Postgres uses the index (batch_id, status, chunk).
  const { rows } = await db.raw(
    `select submission.account_id as "accountId", provider_message_id as "messageId", recipient_number as number, status,
       recipient.batch_id as "batchId"
     from sms_submission as submission join sms_batch_recipient as recipient
       on recipient.batch_id = submission.batch_id and recipient.chunk = submission.chunk
         and recipient.status in ('sending', 'delivered', 'failed', 'unknown')
         and recipient.submission_id = submission.id
     where submission.id = any(:submissions) and provider_message_id is not null
     union all
     select submission.account_id, provider_message_id, recipient_number, replaced.status, replaced.batch_id
     from sms_submission as submission join sms_send_attempt as replaced
       on replaced.batch_id = submission.batch_id and replaced.submission_id = submission.id
     where submission.id = any(:submissions) and provider_message_id is not null`,
    { submissions },
  );
  return { texts: rows, lastId: submissions.at(-1) ?? null };
}
