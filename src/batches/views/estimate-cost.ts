import type { AppContext } from '../app-context';
import { listPrices, type SavedEstimate, saveEstimate } from '../store/costs';

export type { SavedEstimate };

/** Prices change: older ones than this say little. */
const LEARN_FROM_DAYS = 90;

/** What a batch would cost, as far as past batches tell. Money is in decimal strings. */
export interface CostEstimate {
  /** In the order asked; `price` of one segment, null where none was ever charged. */
  countries: {
    country: string | null;
    count: number;
    price: { currency: string; least: string; median: string; most: string } | null;
  }[];
  /** For all recipients whose price is known, by currency. */
  sums: { currency: string; least: string; median: string; most: string }[];
  /** Recipients in countries where no price is known: the sums leave them out. */
  unpriced: number;
}

/**
 * The estimate for a review, kept with the batch while that can still be sent: once it is started, the last one shown
 * stands, whatever prices are learnt later.
 */
export async function estimateReviewCost(
  app: AppContext,
  of: { batchId: string } & Parameters<typeof estimateCost>[1],
): Promise<CostEstimate> {
  const estimate = await estimateCost(app, of);
  const { sums, unpriced } = estimate;
  const messages = of.countries.reduce((sum, { count }) => sum + count, 0);
  await saveEstimate(app.db, of.batchId, { sums, unpriced, messages });
  return estimate;
}

/** `countries` as in a review, `segments` a message (content/segments.ts). Nothing learnt: no sums. */
export async function estimateCost(
  app: AppContext,
  of: { tenantId: string; countries: { country: string | null; count: number }[]; segments: number },
): Promise<CostEstimate> {
  const asked = of.countries.map(({ country, count }) => ({ country: country ?? '', count }));
  const rows = await listPrices(app.db, { ...of, countries: asked, days: LEARN_FROM_DAYS });
  const priceOf = new Map(
    rows.map(({ country, currency, least, median, most }) => [country, { currency, least, median, most }]),
  );
  const sumOf = new Map(
    rows.map(({ currency, sum_least: least, sum_median: median, sum_most: most }) => [
      currency,
      { currency, least, median, most },
    ]),
  );
  const countries = of.countries.map((one) => ({ ...one, price: priceOf.get(one.country ?? '') ?? null }));
  return {
    countries,
    sums: [...sumOf.values()],
    unpriced: countries.reduce((sum, { count, price }) => sum + (price ? 0 : count), 0),
  };
}
