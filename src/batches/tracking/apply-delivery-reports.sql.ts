import type { Knex } from 'knex';
import { detailTable } from '../store/detail-table';
import type { Change, Named, Sender } from './judge-delivery-reports';

/** How delivery reports find and change recipients, and send attempts that a later one has replaced. */

/** The ids in a set of delivery reports; a message id counts only where a report has no order id. */
interface ReportedIds {
  orderIds: string[];
  messageIds: string[];
}

/** The recipients with these ids, locked in the order of their rows, so that two sets cannot deadlock. */
export async function lockNamedRecipients(
  trx: Knex.Transaction,
  provider: string,
  ids: ReportedIds,
): Promise<Named[]> {
  const { rows } = await trx.raw(
    `select named.*, coalesce(settled_at, updated_at) as ended_at, sent.account_id as sent_by, sent.sub_account
     from :table: as named left join sms_submission as sent on sent.id = named.submission_id
     where named.order_id = any(:orderIds) or named.provider_message_id = any(:messageIds)
     order by named.id for update of named`,
    { table: detailTable(provider), ...ids },
  );
  return withSenders(trx, provider, 'recipient', rows);
}

/** The replaced send attempts with these ids, locked in the order of their rows. */
export async function lockNamedAttempts(
  trx: Knex.Transaction,
  provider: string,
  ids: ReportedIds,
): Promise<Named[]> {
  const { rows } = await trx.raw(
    `select named.*, recipient.country, sent.account_id as sent_by, sent.sub_account
     from sms_send_attempt as named
     join sms_submission as sent on sent.id = named.submission_id
     join provider_account as account on account.id = sent.account_id
     join sms_batch_recipient as recipient
       on recipient.batch_id = named.batch_id and recipient.recipient_number = named.recipient_number
     where account.channel = :provider
       and (named.order_id = any(:orderIds) or named.provider_message_id = any(:messageIds))
     order by named.id for update of named`,
    { provider, ...ids },
  );
  return withSenders(trx, provider, 'send_attempt', rows);
}

/**
 * A report must name the sub-account of its text's submission, and come to its account. Where the sub-account is not known
 * (the report comes before our own request was answered, or a former version sent it), those that the batch's accounts
 * send with.
 */
async function withSenders(
  trx: Knex.Transaction,
  provider: string,
  kind: Named['kind'],
  rows: NamedRow[],
): Promise<Named[]> {
  if (rows.length === 0) return [];
  const used = await trx.raw(
    `select used.batch_id,
       jsonb_agg(jsonb_build_object('accountId', account.id::text, 'subAccount', possible.sub_account)) as senders
     from sms_batch_account as used
     join provider_account as account on account.id = used.account_id and account.channel = :provider
     join sms_batch as batch on batch.id = used.batch_id
     left join person_sub_account as own on own.account_id = account.id and own.user_id = batch.user_id
     cross join lateral (values (account.sub_account), (own.sub_account)) as possible (sub_account)
     where used.batch_id = any(:batchIds) and possible.sub_account is not null group by used.batch_id`,
    { provider, batchIds: [...new Set(rows.map((row) => row.batch_id))] },
  );
  const ofBatch = new Map<string, Sender[]>(
    used.rows.map((row: { batch_id: string; senders: Sender[] }) => [row.batch_id, row.senders]),
  );
  return rows.map((row) => toNamed(kind, row, sendersOf(row, ofBatch.get(row.batch_id) ?? [])));
}

function sendersOf({ sent_by, sub_account }: NamedRow, ofBatch: Sender[]): Sender[] {
  if (sent_by === null) return ofBatch;
  if (sub_account !== null) return [{ accountId: sent_by, subAccount: sub_account }];
  return ofBatch.filter(({ accountId }) => accountId === sent_by);
}

interface NamedRow {
  id: string;
  batch_id: string;
  order_id: string;
  provider_message_id: string | null;
  recipient_number: string;
  country: string | null;
  status: Named['status'];
  attempt: number;
  failure_reason: string | null;
  settled_by: string | null;
  ended_at: Date;
  submission_id: string | null;
  cost: string | null;
  sent_by: string | null;
  sub_account: string | null;
}

function toNamed(kind: Named['kind'], row: NamedRow, senders: Sender[]): Named {
  return {
    kind,
    id: row.id,
    batchId: row.batch_id,
    orderId: row.order_id,
    messageId: row.provider_message_id,
    recipientNumber: row.recipient_number,
    country: row.country,
    status: row.status,
    attempt: row.attempt,
    reason: row.failure_reason,
    settledBy: row.settled_by,
    settledAt: row.ended_at,
    submissionId: row.submission_id,
    isPriced: row.cost !== null,
    senders,
  };
}

/**
 * Changes recipients; call with their rows locked. A recipient that settles before our own request is
 * answered gets the last submission of its chunk that was started; the result of that submission will then
 * find it settled. The provider's time is cut to the span from the recipient's creation to now.
 */
export async function changeRecipients(
  trx: Knex.Transaction,
  provider: string,
  changes: Change[],
): Promise<void> {
  if (changes.length === 0) return;
  await trx.raw(
    `update :table: as recipient
     set provider_message_id = coalesce(recipient.provider_message_id, change.message_id),
       account_id = coalesce(recipient.account_id, change.account_id),
       status = coalesce(change.status, recipient.status),
       failure_reason = case when change.status is null then recipient.failure_reason else change.reason end,
       settled_by = case when ${IS_FINAL} then 'push' else recipient.settled_by end,
       settled_at = case when not ${IS_FINAL} then recipient.settled_at
         else least(now(), greatest(recipient.created_at, coalesce(to_timestamp(change.at_ms / 1000), now()))) end,
       updated_at = case when change.status is null then recipient.updated_at else now() end,
       submission_id = coalesce(recipient.submission_id, (
         select id from sms_submission as started
         where started.batch_id = recipient.batch_id and started.chunk = recipient.chunk and started.outcome <> 'waiting'
         order by attempt desc limit 1)),
       cost = coalesce(change.cost, recipient.cost), currency = coalesce(change.currency, recipient.currency),
       segments_charged = coalesce(change.segments, recipient.segments_charged)
     from ${CHANGE} where recipient.id = change.id`,
    { table: detailTable(provider), ...toArrays(changes) },
  );
}

/** What contradicts an outcome that was known before: both stay in the history. Call before the change. */
export async function keepContradicted(trx: Knex.Transaction, changes: Change[]): Promise<void> {
  const kept = changes.flatMap(({ named, contradicted }) => contradicted.map((one) => ({ named, ...one })));
  if (kept.length === 0) return;
  await trx('sms_outcome_change')
    .insert(
      kept.map(({ named, was, said }) => ({
        batch_id: named.batchId,
        recipient_number: named.recipientNumber,
        attempt: named.attempt,
        order_id: named.orderId,
        was_status: was?.status ?? named.status,
        was_reason: was ? was.reason : named.reason,
        was_by: was ? 'push' : named.settledBy,
        was_at: was ? trx.fn.now() : named.settledAt,
        said_status: said.status,
        said_reason: said.reason,
        said_by: 'push',
      })),
    )
    .onConflict(['order_id', 'said_status'])
    .ignore();
}

/** A replaced send attempt is history: it gets its outcome and its price, and moves no count. */
export async function changeReplacedAttempts(trx: Knex.Transaction, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  await trx.raw(
    `update sms_send_attempt as attempt
     set provider_message_id = coalesce(attempt.provider_message_id, change.message_id),
       status = coalesce(change.status, attempt.status),
       failure_reason = case when change.status is null then attempt.failure_reason else change.reason end,
       settled_by = case when ${IS_FINAL} then 'push' else attempt.settled_by end,
       ended_at = case when not ${IS_FINAL} then attempt.ended_at
         else least(now(), coalesce(to_timestamp(change.at_ms / 1000), now())) end,
       cost = coalesce(change.cost, attempt.cost), currency = coalesce(change.currency, attempt.currency),
       segments_charged = coalesce(change.segments, attempt.segments_charged)
     from ${CHANGE} where attempt.id = change.id`,
    toArrays(changes),
  );
}

/** SQL: null-safe, so that `not` works. */
const IS_FINAL = `coalesce(change.status in ('delivered', 'failed'), false)`;

const CHANGE = `unnest(:ids::bigint[], :accountIds::bigint[], :messageIds::text[], :statuses::text[], :reasons::text[], :atMs::float8[],
    :costs::numeric[], :currencies::text[], :segments::int[])
  as change (id, account_id, message_id, status, reason, at_ms, cost, currency, segments)`;

function toArrays(changes: Change[]) {
  return {
    ids: changes.map((one) => one.named.id),
    accountIds: changes.map((one) => one.accountId),
    messageIds: changes.map((one) => one.messageId),
    statuses: changes.map((one) => one.outcome?.status ?? null),
    reasons: changes.map((one) => one.outcome?.reason ?? null),
    atMs: changes.map((one) => (one.outcome?.at ? Date.parse(one.outcome.at) : null)),
    costs: changes.map((one) => one.price?.cost ?? null),
    currencies: changes.map((one) => one.price?.currency ?? null),
    segments: changes.map((one) => one.price?.segments ?? null),
  };
}
