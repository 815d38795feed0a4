import type { Knex } from 'knex';
import type { ReceivedWebhook } from '../../providers/provider-webhooks';

/** All SQL on `webhook_inbox`: the bodies of webhooks as they came, until they are applied and for a week after. */

export interface InboxKey {
  provider: string;
  kind: 'report' | 'inbound';
}

export interface InboxEntry {
  id: string;
  body: string;
  /** The accounts that can have got it; null where nothing tells. */
  account_ids: string[] | null;
  age_ms: number;
}

/** `split`: a list whose items are entries of their own now. `put_aside`: refused so often that it is not tried again. */
export type InboxOutcome = 'applied' | 'unmatched' | 'disagrees' | 'unreadable' | 'split' | 'put_aside';

/** A set has at most this many bodies, and this many bytes: a body may be a list. */
const SET_ENTRIES = 1_000;
const SET_BYTES = 1024 * 1024;

/** One statement for any number of webhooks. */
export async function addToInbox(
  trx: Knex.Transaction,
  { provider, kind }: InboxKey,
  webhooks: Pick<ReceivedWebhook, 'body' | 'accountIds'>[],
): Promise<void> {
  await trx.raw(
    `insert into webhook_inbox (channel, kind, body, account_ids)
     select :provider, :kind, body, account_ids::bigint[]
     from unnest(:bodies::text[], :accountIds::text[]) as received (body, account_ids)`,
    {
      provider,
      kind,
      bodies: webhooks.map(({ body }) => body),
      // An array for each row: unnest would make one of them all.
      accountIds: webhooks.map(({ accountIds }) => accountIds && `{${accountIds.join(',')}}`),
    },
  );
}

/**
 * Takes the next set that is due, oldest first, and locks it until this transaction ends. `isFull`: more may be due.
 * The first body is taken whatever its size.
 */
export async function takeFromInbox(
  trx: Knex.Transaction,
  key: InboxKey,
): Promise<{ entries: InboxEntry[]; isFull: boolean }> {
  const { rows } = await trx.raw(
    `with due as (
       select id, octet_length(body) as bytes from webhook_inbox
       where channel = :provider and kind = :kind and outcome is null and due_at <= now()
       order by due_at, id limit :mostEntries
     ), numbered as (
       select id, sum(bytes) over (order by id) - bytes as bytes_before from due
     ), taken as (
       select id, body, account_ids, extract(epoch from now() - received_at)::float8 * 1000 as age_ms from webhook_inbox
       where id in (select id from numbered where bytes_before < :mostBytes) and outcome is null
       for update skip locked
     )
     select taken.*, (select count(*)::int from due) as due from taken order by id`,
    { ...key, mostEntries: SET_ENTRIES, mostBytes: SET_BYTES },
  );
  const due = rows[0]?.due ?? 0;
  return { entries: rows, isFull: due === SET_ENTRIES || due > rows.length };
}

/** Nothing more is done with these entries. Their bodies are kept until they are old. */
export async function settleInbox(
  trx: Knex.Transaction,
  settled: { id: string; outcome: InboxOutcome }[],
): Promise<void> {
  if (settled.length === 0) return;
  await trx.raw(
    `update webhook_inbox set outcome = settled.outcome
     from unnest(?::bigint[], ?::text[]) as settled (id, outcome) where webhook_inbox.id = settled.id`,
    [settled.map((one) => one.id), settled.map((one) => one.outcome)],
  );
}

/** These entries are tried again when they are twice as old as now, but not before `leastMs` have passed. */
export async function postponeInbox(trx: Knex.Transaction, ids: string[], leastMs: number): Promise<void> {
  if (ids.length === 0) return;
  await trx.raw(
    `update webhook_inbox set due_at = now() + greatest(now() - received_at, ? * interval '1 ms')
     where id = any(?::bigint[])`,
    [leastMs, ids],
  );
}

/** A mistake of ours is mended by an update: it is tried again after 1, 10 and 100 minutes, 17 hours and twice a day later. */
const MAX_REFUSALS = 7;
const LONGEST_REFUSED_MINUTES = 1_440;
/** One that was put aside holds numbers, and a provider knows its own records for about as long. */
const KEEP_PUT_ASIDE_DAYS = 90;

/** The database refused these entries for what is in them. Nothing tries them again after the last time but a person. */
export async function putAside(
  trx: Knex.Transaction,
  refused: { id: string; fault: string }[],
): Promise<void> {
  if (refused.length === 0) return;
  await trx.raw(
    `update webhook_inbox as entry
     set refusals = refusals + 1, fault = refused.fault,
       outcome = case when refusals + 1 >= :most then 'put_aside' end,
       due_at = now() + least(power(10, refusals), :longest) * interval '1 minute'
     from unnest(:ids::bigint[], :faults::text[]) as refused (id, fault) where entry.id = refused.id`,
    {
      ids: refused.map((one) => one.id),
      faults: refused.map((one) => one.fault),
      most: MAX_REFUSALS,
      longest: LONGEST_REFUSED_MINUTES,
    },
  );
}

/** The inboxes with an entry that is due. */
export async function listDueInboxes(db: Knex): Promise<InboxKey[]> {
  return db('webhook_inbox')
    .whereNull('outcome')
    .where('due_at', '<=', db.fn.now())
    .distinct('channel as provider', 'kind');
}

/**
 * Deletes at most `most` old settled entries; those that wait for a person are kept for longer. Call it again and again to
 * delete all.
 */
export async function deleteOldInbox(db: Knex, olderThanMs: number, most: number): Promise<void> {
  await db.raw(
    `delete from webhook_inbox where id in (
       select id from webhook_inbox
       where received_at < now() - :olderThanMs * interval '1 ms' and outcome is not null
         and (outcome <> 'put_aside' or received_at < now() - :keepDays * interval '1 day')
       order by received_at limit :most)`,
    { olderThanMs, most, keepDays: KEEP_PUT_ASIDE_DAYS },
  );
}

/** An entry that the database has refused, without its body. */
export interface RefusedWebhook extends InboxKey {
  id: string;
  receivedAt: Date;
  refusals: number;
  fault: string | null;
  /** Null: only a person tries it again. */
  nextTryAt: Date | null;
}

/** The first `most` entries that were refused and are not settled, oldest first. */
export async function listRefused(db: Knex, most: number): Promise<RefusedWebhook[]> {
  return isRefused(db('webhook_inbox'))
    .orderBy(['received_at', 'id'])
    .limit(most)
    .select({ id: 'id', provider: 'channel', kind: 'kind', receivedAt: 'received_at' })
    .select('refusals', 'fault')
    .select(db.raw(`case when outcome is null then due_at end as "nextTryAt"`));
}

/** A refused entry is due now, once more. Null: there is none with this id. */
export async function retryRefused(trx: Knex.Transaction, id: string): Promise<InboxKey | null> {
  return settleRefused(trx, id, { outcome: null, due_at: trx.fn.now() });
}

/** A refused entry is given up, and deleted when it is old. Null: there is none with this id. */
export async function dropRefused(trx: Knex.Transaction, id: string): Promise<InboxKey | null> {
  return settleRefused(trx, id, { outcome: 'unreadable' });
}

async function settleRefused(
  trx: Knex.Transaction,
  id: string,
  change: Record<string, unknown>,
): Promise<InboxKey | null> {
  const [row] = await isRefused(trx('webhook_inbox'))
    .where({ id })
    .update(change)
    .returning(['channel as provider', 'kind']);
  return row ?? null;
}

/** Served by an index of its own. */
const isRefused = (entries: Knex.QueryBuilder) =>
  entries
    .where('refusals', '>', 0)
    .where((open) => open.whereNull('outcome').orWhere({ outcome: 'put_aside' }));
