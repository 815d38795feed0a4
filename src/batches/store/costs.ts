import type { Knex } from 'knex';

/**
 * The cost of texts: `sms_batch_cost` has how many texts of a batch had which price, by country, and `sms_implausible_cost`
 * the texts whose only reported cost cannot be right.
 */

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

/** Notes texts whose reported cost cannot be right. One that is noted already stays once. */
export async function noteImplausibleCosts(
  trx: Knex.Transaction,
  texts: { batchId: string; orderId: string }[],
): Promise<void> {
  if (texts.length === 0) return;
  await trx('sms_implausible_cost')
    .insert(texts.map(({ batchId, orderId }) => ({ batch_id: batchId, order_id: orderId })))
    .onConflict('order_id')
    .ignore();
}

/** A plausible cost of these texts has become known. */
export async function forgetImplausibleCosts(trx: Knex.Transaction, orderIds: string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await trx.raw('delete from sms_implausible_cost where order_id = any(?)', [orderIds]);
}

/** How many texts of a batch, former send attempts included, have only a cost that cannot be right. */
export async function countImplausibleCosts(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_implausible_cost').where({ batch_id: batchId }).count('* as n').first();
  return Number(row?.n ?? 0);
}
