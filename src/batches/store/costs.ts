import type { Knex } from 'knex';

/** The cost of texts: `sms_batch_cost` has how many texts of a batch had which price, by country. */

/** What the provider charged for one text. `cost` is a decimal string. */
export interface Price {
  cost: string;
  currency: string;
  segments: number | null;
}

export interface PricedText extends Price {
  batchId: string;
  country: string | null;
}

/** Adds texts whose price became known. Call it once for each text. */
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
