import type { Knex } from 'knex';
import { type BatchKey, detailTable } from './detail-table';

/** What messages cost: all SQL on `sms_batch_cost` (how many of a batch cost how much, by country), and the estimates. */

/** What one message was charged. `cost` is a decimal string. */
export interface Price {
  cost: string;
  currency: string;
  segments: number | null;
}

export interface PricedText extends Price {
  batchId: string;
  country: string | null;
}

/** Adds messages whose price became known; each message once. */
export async function addCosts(trx: Knex.Transaction, priced: PricedText[]): Promise<void> {
  if (priced.length === 0) return;
  await trx.raw(
    `insert into sms_batch_cost as known (batch_id, country, currency, cost_each, segments_each, messages)
     select batch_id, coalesce(country, ''), currency, cost, coalesce(segments, 0), count(*)
     from unnest(:batchIds::bigint[], :countries::text[], :currencies::text[], :costs::numeric(14, 6)[], :segments::int[])
       as priced (batch_id, country, currency, cost, segments)
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
     on conflict (batch_id, country, currency, cost_each, segments_each)
       do update set messages = known.messages + excluded.messages`,
    {
      batchIds: priced.map((one) => one.batchId),
      countries: priced.map((one) => one.country),
      currencies: priced.map((one) => one.currency),
      costs: priced.map((one) => one.cost),
      segments: priced.map((one) => one.segments),
    },
  );
}

export interface CostSum {
  currency: string;
  /** Decimal string. */
  cost: string;
  segments: number;
  messages: number;
}

/** What a batch has cost so far, the dearest currency by messages first. */
export async function sumCosts(db: Knex, batchId: string): Promise<CostSum[]> {
  const { rows } = await db.raw(
    `select currency, sum(cost_each * messages)::text as cost, sum(segments_each * messages)::int as segments,
       sum(messages)::int as messages
     from sms_batch_cost where batch_id = ? group by currency order by messages desc, currency`,
    [batchId],
  );
  return rows;
}

/**
 * Messages that the provider has taken and may charge, attempts that were put aside included: all but those that
 * wait, were held back or refused, or of which nobody knows whether they arrived there. Reads only the latter.
 */
export async function countTaken(db: Knex, key: BatchKey): Promise<number> {
  const { rows } = await db.raw(
    `select total_count - cancelled_count
       - (select count(*) from :table: where batch_id = :batchId
            and status in ('pending', 'failed', 'unknown') and provider_message_id is null)
       + (select count(*) from sms_send_attempt where batch_id = :batchId and provider_message_id is not null)
       as taken
     from sms_batch where id = :batchId`,
    { table: detailTable(key.provider), batchId: key.batchId },
  );
  return Number(rows[0]?.taken ?? 0);
}

/** What a batch was estimated to cost when a person last saw its review. Decimal strings. */
export interface SavedEstimate {
  sums: { currency: string; least: string; median: string; most: string }[];
  /** Recipients without a known price: the sums leave them out. */
  unpriced: number;
  /** Recipients in all. */
  messages: number;
}

/** Only while it can still be sent: what a person saw when they pressed Send stands. */
export async function saveEstimate(db: Knex, batchId: string, estimate: SavedEstimate): Promise<void> {
  await db('sms_batch')
    .where({ id: batchId, status: 'ready' })
    .update({ cost_estimate: JSON.stringify(estimate) });
}

/** What a text to each of these countries has cost, and what this one would. Decimal strings. */
export interface PriceRow {
  country: string;
  currency: string;
  /** Of one segment. */
  least: string;
  median: string;
  most: string;
  /** For all recipients of all countries with prices in this currency: the same in each of its rows. */
  sum_least: string;
  sum_median: string;
  sum_most: string;
}

/**
 * Prices of a segment by country, from the messages that a workspace's batches of the last days were charged for; a
 * free one (a failed text is not always charged) teaches nothing. A country that was charged in several currencies
 * counts in that of its latest batch. Reads as many rows as there were prices, not messages.
 */
export async function listPrices(
  db: Knex,
  key: { tenantId: string; days: number; segments: number; countries: { country: string; count: number }[] },
): Promise<PriceRow[]> {
  const { rows } = await db.raw(
    `with asked as (
       select * from unnest(:countries::text[], :recipients::int[]) as asked (country, recipients)
     ), seen as (
       select known.country, known.currency, cost_each / segments_each as price,
         sum(messages) as messages, max(batch_id) as batch_id
       from sms_batch_cost as known join sms_batch as batch on batch.id = known.batch_id
       where batch.tenant_id = :tenantId and batch.created_at > now() - :days * interval '1 day'
         and known.country = any(:countries) and cost_each > 0 and segments_each > 0
       group by 1, 2, 3
     ), ranked as (
       select *, sum(messages) over (partition by country, currency order by price) as up_to,
         sum(messages) over (partition by country, currency) as all_messages
       from seen
     ), priced as (
       select distinct on (country) country, currency, round(min(price), 6) as least,
         round(min(price) filter (where up_to * 2 >= all_messages), 6) as median, round(max(price), 6) as most
       from ranked group by country, currency order by country, max(batch_id) desc
     )
     select country, currency, least::text, median::text, most::text,
       (sum(least * :segments * recipients) over (partition by currency))::text as sum_least,
       (sum(median * :segments * recipients) over (partition by currency))::text as sum_median,
       (sum(most * :segments * recipients) over (partition by currency))::text as sum_most
     from priced join asked using (country)`,
    {
      tenantId: key.tenantId,
      days: key.days,
      segments: key.segments,
      countries: key.countries.map((one) => one.country),
      recipients: key.countries.map((one) => one.count),
    },
  );
  return rows;
}
