import type { Knex } from 'knex';
import { detailTable, type TrackedKey } from '../store/detail-table';

/** How outcomes that we asked for change recipients, and send attempts that a later one has replaced. */

export interface FinalOutcome {
  messageId: string;
  status: 'delivered' | 'failed';
  reason: string | null;
}

/** Who told it: the poll, or the provider's own records. */
export type AskedFrom = 'poll' | 'reconcile';

/** Names consecutive chunks of a batch at one account. */
export interface ChunkRangeKey extends TrackedKey {
  first: number;
  last: number;
}

interface Moved {
  was: 'sending' | 'unknown' | 'failed';
  status: 'delivered' | 'failed';
  moved: number;
}

const SAID = `unnest(:messageIds::text[], :statuses::text[], :reasons::text[]) as said (message_id, status, reason)`;

/**
 * SQL: the known outcomes among these rows that the provider contradicts now; both stay in the history. It may say so again.
 * `found` has a row of a send attempt and what was said.
 */
export const keepOutcomeChanges = (found: string): string =>
  `insert into sms_outcome_change (batch_id, recipient_number, attempt, order_id, was_status, was_reason, was_by, was_at,
     said_status, said_reason, said_by)
   select batch_id, recipient_number, attempt, order_id, was, was_reason, was_by, was_at, said_status, said_reason,
     :settledBy
   from ${found} where was in ('failed', 'delivered') on conflict (order_id, said_status) do nothing`;

/** SQL: open, or known to have failed and delivered after all, or the other way round. */
const isNews = (status: string) =>
  `(${status} in ('sending', 'unknown') or (${status}, said.status) in (('failed', 'delivered'), ('delivered', 'failed')))`;

/**
 * Records outcomes of recipients by the provider's message id. A `delivered` after `failed` corrects it; a `failed` after
 * `delivered` is only kept as a contradiction. Returns how many moved from which status. Rows are locked in the same order
 * as by delivery reports from webhooks: the two may run at the same time.
 */
export async function moveToFinal(
  trx: Knex.Transaction,
  key: ChunkRangeKey,
  outcomes: FinalOutcome[],
  settledBy: AskedFrom,
): Promise<Moved[]> {
  if (outcomes.length === 0) return [];
  const { rows } = await trx.raw(
    `with found as (
       select recipient.id, batch_id, recipient_number, attempt, order_id, recipient.status as was,
         failure_reason as was_reason, settled_by as was_by, coalesce(settled_at, updated_at) as was_at,
         said.status as said_status, said.reason as said_reason
       from :table: as recipient join ${SAID} on recipient.provider_message_id = said.message_id
       where batch_id = :batchId and chunk between :first and :last
         and (account_id is null or account_id = :accountId) and ${isNews('recipient.status')}
       order by recipient.id for update of recipient
     ), changes as (${keepOutcomeChanges('found')}),
     settled as (
       update :table: as recipient
       set status = said_status, failure_reason = said_reason, updated_at = now(), settled_at = now(),
         settled_by = :settledBy
       from found where recipient.id = found.id and recipient.status = was and was <> 'delivered'
       returning was, recipient.status
     )
     select was, status, count(*)::int as moved from settled group by was, status`,
    { ...key, table: detailTable(key.provider), settledBy, ...toArrays(outcomes) },
  );
  return rows;
}

/**
 * The same for send attempts of an account that were replaced. They are history, and move no count. Returns those that were
 * delivered.
 */
export async function moveReplacedToFinal(
  trx: Knex.Transaction,
  accountId: string,
  outcomes: FinalOutcome[],
  settledBy: AskedFrom,
): Promise<{ batchId: string; orderId: string }[]> {
  if (outcomes.length === 0) return [];
  const { rows } = await trx.raw(
    `with found as (
       select former.id, former.batch_id, recipient_number, former.attempt, order_id, status as was,
         failure_reason as was_reason, settled_by as was_by, ended_at as was_at, said_status, said_reason
       from sms_send_attempt as former
       join (select message_id, status as said_status, reason as said_reason from ${SAID}) as said
         on former.provider_message_id = said.message_id
       join sms_submission as sent on sent.id = former.submission_id and sent.account_id = :accountId
       where status = 'unknown' or (status, said_status) in (('failed', 'delivered'), ('delivered', 'failed'))
       order by former.id for update of former
     ), changes as (${keepOutcomeChanges('found')})
     update sms_send_attempt as former
     set status = said_status, failure_reason = said_reason, ended_at = now(), settled_by = :settledBy
     from found where former.id = found.id and was <> 'delivered'
     returning former.batch_id as "batchId", former.order_id as "orderId", former.status`,
    { accountId, settledBy, ...toArrays(outcomes) },
  );
  return rows.filter((row: { status: string }) => row.status === 'delivered');
}

function toArrays(outcomes: FinalOutcome[]) {
  return {
    messageIds: outcomes.map((one) => one.messageId),
    statuses: outcomes.map((one) => one.status),
    reasons: outcomes.map((one) => one.reason || null),
  };
}

/** The batches that have these texts, and in which of their chunks. */
export async function listChunksOf(
  db: Knex,
  provider: string,
  accountId: string,
  messageIds: string[],
): Promise<ChunkRangeKey[]> {
  const { rows } = await db.raw(
    `select :provider::text as provider, known.batch_id as "batchId", :accountId::text as "accountId",
       min(known.chunk) as first, max(known.chunk) as last
     from sms_batch_recipient as known join sms_submission as sent on sent.id = known.submission_id
     where known.channel = :provider and sent.account_id = :accountId and provider_message_id = any(:messageIds)
     group by known.batch_id order by known.batch_id`,
    { provider, accountId, messageIds },
  );
  return rows;
}
