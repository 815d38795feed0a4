import type { Knex } from 'knex';
import type { SavedEstimate } from '../batch';

/** Only while the batch is `ready`: what a person saw when they sent it is kept. */
export async function saveEstimate(db: Knex, batchId: string, estimate: SavedEstimate): Promise<void> {
  await db('sms_batch')
    .where({ id: batchId, status: 'ready' })
    .update({ cost_estimate: JSON.stringify(estimate) });
}

/** The price of a segment to one country, and sums for this batch. Decimal strings. */
interface PriceRow {
  country: string;
  currency: string;
  /** For one segment. */
  least: string;
  median: string;
  most: string;
  /** For all recipients in all countries with prices in this currency: the same in each of its rows. */
  sum_least: string;
  sum_median: string;
  sum_most: string;
}

/**
 * Prices of a segment by country, from what a workspace's batches of the last days were charged. Free texts are not
 * used: a failed text is not always charged. A country with several currencies counts in the one of its latest batch.
 * Reads one row for each price, not for each text.
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
