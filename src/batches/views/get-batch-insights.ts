import type { AppContext } from '../app-context';
import type { BatchSummary, SavedEstimate } from '../batch';
import { type BatchCost, getBatchCost } from '../costs/get-batch-cost';
import { findBatch } from '../store/batches';
import { countAccepted, countOutcomesByStep, measurePace } from './batch-insights.sql';

/** What the status message shows beyond the counts. */
export interface BatchInsights {
  /** Texts a second at the moment; 0 unless the batch is submitting. */
  pace: number;
  /** Most recipients first; null country: numbers of no single country. */
  countries: { country: string | null; count: number }[];
  /** Charges so far. */
  cost: BatchCost | null;
  /** The estimate that the review showed; null where no review was shown. */
  estimate: SavedEstimate | null;
  /** For a completed batch: texts that the provider accepted, each of which may have a price. Else null. */
  accepted: number | null;
  /** For a completed batch that took at least two seconds: how many outcomes there were after each step. */
  curve: { afterMs: number; delivered: number; failed: number }[];
}

/** A chart takes 20 points, but with more than 10 the labels run into each other. */
const MOST_STEPS = 10;
const MS_PER_SECOND = 1000;

/** From our own tables. Reads only what the status makes useful: the pace while submitting, the curve when complete. */
export async function getBatchInsights(app: AppContext, summary: BatchSummary): Promise<BatchInsights> {
  const key = { provider: summary.provider, batchId: summary.id };
  const [batch, cost, pace, curve, accepted] = await Promise.all([
    findBatch(app.db, summary.id, summary.tenantId),
    getBatchCost(app, { tenantId: summary.tenantId, batchId: summary.id }),
    summary.status === 'submitting' ? measurePace(app.db, summary.id) : 0,
    getCurve(app, summary),
    summary.status === 'completed' ? countAccepted(app.db, key) : null,
  ]);
  const { countries = [], cost_estimate: estimate = null } = batch ?? {};
  return { pace, cost, estimate, accepted, curve, countries };
}

async function getCurve(app: AppContext, summary: BatchSummary): Promise<BatchInsights['curve']> {
  const { startedAt: start, completedAt: end, status } = summary;
  if (status !== 'completed' || !start || !end) return [];
  const tookMs = end.getTime() - start.getTime();
  const steps = Math.min(MOST_STEPS, Math.floor(tookMs / MS_PER_SECOND));
  if (steps < 2) return [];
  const key = { provider: summary.provider, batchId: summary.id };
  const counts = await countOutcomesByStep(app.db, key, { start, end, steps });
  const until = (step: number, status: 'delivered' | 'failed') =>
    counts.reduce((sum, one) => sum + (one.status === status && one.step <= step ? one.count : 0), 0);
  return Array.from({ length: steps }, (_, index) => ({
    afterMs: Math.round((tookMs * (index + 1)) / steps),
    delivered: until(index + 1, 'delivered'),
    failed: until(index + 1, 'failed'),
  }));
}
