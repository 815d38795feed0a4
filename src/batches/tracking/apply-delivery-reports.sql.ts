import type { Knex } from 'knex';
import { detailTable } from '../store/detail-table';
import type { Change, Named } from './judge-delivery-reports';

/** How delivery reports find and change recipients, and send attempts that a later one has replaced. */

/** The ids in a set of delivery reports; a message id counts only where a report has no order id. */
interface ReportedIds {
  orderIds: string[];
  messageIds: string[];
}

/** The app ids that the workspace and the person of a batch send with. */
const APP_IDS = `
  join sms_batch as batch on batch.id = named.batch_id
  join tenant_channel_config as account on account.tenant_id = batch.tenant_id and account.channel = batch.channel
  left join user_channel_config as person on person.user_id = batch.user_id and person.channel = batch.channel`;

/** The recipients with these ids, locked in the order of their rows, so that two sets cannot deadlock. */
export async function lockNamedRecipients(
  trx: Knex.Transaction,
  provider: string,
  ids: ReportedIds,
): Promise<Named[]> {
  const { rows } = await trx.raw(
    `select named.*, array[account.app_id, person.app_id] as app_ids
     from :table: as named ${APP_IDS}
     where named.order_id = any(:orderIds) or named.provider_message_id = any(:messageIds)
     order by named.id for update of named`,
    { table: detailTable(provider), ...ids },
  );
  return rows.map((row: NamedRow) => toNamed('recipient', row));
}

/** The replaced send attempts with these ids, locked in the order of their rows. */
export async function lockNamedAttempts(
  trx: Knex.Transaction,
  provider: string,
  ids: ReportedIds,
): Promise<Named[]> {
  const { rows } = await trx.raw(
    `select named.*, recipient.country, array[account.app_id, person.app_id] as app_ids
     from sms_send_attempt as named ${APP_IDS}
     join :table: as recipient
       on recipient.batch_id = named.batch_id and recipient.recipient_number = named.recipient_number
     where batch.channel = :provider
       and (named.order_id = any(:orderIds) or named.provider_message_id = any(:messageIds))
     order by named.id for update of named`,
    { table: detailTable(provider), provider, ...ids },
  );
  return rows.map((row: NamedRow) => toNamed('send_attempt', row));
}

interface NamedRow {
  id: string;
  batch_id: string;
  order_id: string;
  provider_message_id: string | null;
  recipient_number: string;
  country: string | null;
  status: Named['status'];
  submission_id: string | null;
  cost: string | null;
  app_ids: (string | null)[];
}

function toNamed(kind: Named['kind'], row: NamedRow): Named {
  return {
    kind,
    id: row.id,
    batchId: row.batch_id,
    orderId: row.order_id,
    messageId: row.provider_message_id,
    recipientNumber: row.recipient_number,
    country: row.country,
    status: row.status,
    submissionId: row.submission_id,
    isPriced: row.cost !== null,
    appIds: row.app_ids,
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
       status = coalesce(change.status, recipient.status),
       failure_reason = case when change.status is null then recipient.failure_reason else change.reason end,
       settled_by = case when change.status is null then recipient.settled_by else 'push' end,
       settled_at = case when change.status is null then recipient.settled_at
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

/** A replaced send attempt is history: it gets its outcome and its price, and moves no count. */
export async function changeReplacedAttempts(trx: Knex.Transaction, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  await trx.raw(
    `update sms_send_attempt as attempt
     set provider_message_id = coalesce(attempt.provider_message_id, change.message_id),
       status = coalesce(change.status, attempt.status),
       failure_reason = case when change.status is null then attempt.failure_reason else change.reason end,
       settled_by = case when change.status is null then attempt.settled_by else 'push' end,
       ended_at = case when change.status is null then attempt.ended_at
         else least(now(), coalesce(to_timestamp(change.at_ms / 1000), now())) end,
       cost = coalesce(change.cost, attempt.cost), currency = coalesce(change.currency, attempt.currency),
       segments_charged = coalesce(change.segments, attempt.segments_charged)
     from ${CHANGE} where attempt.id = change.id`,
    toArrays(changes),
  );
}

const CHANGE = `unnest(:ids::bigint[], :messageIds::text[], :statuses::text[], :reasons::text[], :atMs::float8[],
    :costs::numeric[], :currencies::text[], :segments::int[])
  as change (id, message_id, status, reason, at_ms, cost, currency, segments)`;

function toArrays(changes: Change[]) {
  return {
    ids: changes.map((one) => one.named.id),
    messageIds: changes.map((one) => one.messageId),
    statuses: changes.map((one) => one.outcome?.status ?? null),
    reasons: changes.map((one) => one.outcome?.reason ?? null),
    atMs: changes.map((one) => (one.outcome?.at ? Date.parse(one.outcome.at) : null)),
    costs: changes.map((one) => one.price?.cost ?? null),
    currencies: changes.map((one) => one.price?.currency ?? null),
    segments: changes.map((one) => one.price?.segments ?? null),
  };
}
