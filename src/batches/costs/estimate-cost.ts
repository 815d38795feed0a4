import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { findForAct } from '../store/find-for-act';
import { listPrices, saveEstimate } from './cost-estimate.sql';

/** Prices change: older ones are not used. */
const LEARN_FROM_DAYS = 90;

/** What a batch would cost, by the prices of past batches. Money is in decimal strings. */
export interface CostEstimate {
  /** In the order asked. `price` is for one segment; null where none was ever charged. */
  countries: {
    country: string | null;
    count: number;
    price: { currency: string; least: string; median: string; most: string } | null;
  }[];
  /** For all recipients with a known price, by currency. */
  sums: { currency: string; least: string; median: string; most: string }[];
  /** Recipients without a known price; the sums do not contain them. */
  unpriced: number;
}

/**
 * The estimate for a review. It is saved with the batch until the batch is started: from then on the last estimate
 * that a person saw is kept, whatever prices come later. Null where the workspace has no such batch.
 */
export async function estimateReviewCost(
  app: AppContext,
  actor: Actor,
  key: { batchId: string } & Omit<Parameters<typeof estimateCost>[1], 'tenantId'>,
): Promise<CostEstimate | null> {
  const batch = await findForAct(app.db, actor, 'draft', key.batchId);
  if (!batch) return null;
  const estimate = await estimateCost(app, { ...key, tenantId: batch.tenant_id });
  const { sums, unpriced } = estimate;
  const messages = key.countries.reduce((sum, { count }) => sum + count, 0);
  await saveEstimate(app.db, batch.id, { sums, unpriced, messages });
  return estimate;
}

/** `countries` as in a review; `segments` of one text (content/segments.ts). No sums where no price is known. */
export async function estimateCost(
  app: AppContext,
  key: { tenantId: string; countries: { country: string | null; count: number }[]; segments: number },
): Promise<CostEstimate> {
  const asked = key.countries.map(({ country, count }) => ({ country: country ?? '', count }));
  const rows = await listPrices(app.db, { ...key, countries: asked, days: LEARN_FROM_DAYS });
  const priceOf = new Map(
    rows.map(({ country, currency, least, median, most }) => [country, { currency, least, median, most }]),
  );
  const sumOf = new Map(
    rows.map(({ currency, sum_least: least, sum_median: median, sum_most: most }) => [
      currency,
      { currency, least, median, most },
    ]),
  );
  const countries = key.countries.map((one) => ({ ...one, price: priceOf.get(one.country ?? '') ?? null }));
  return {
    countries,
    sums: [...sumOf.values()],
    unpriced: countries.reduce((sum, { count, price }) => sum + (price ? 0 : count), 0),
  };
}
