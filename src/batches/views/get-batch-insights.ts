import type { AppContext } from '../app-context';
import type { BatchSummary } from '../batch';
import { findBatch } from '../store/batches';
import { countTaken } from '../store/costs';
import { countOutcomesByStep, measurePace } from './batch-insights.sql';
import type { SavedEstimate } from './estimate-cost';
import { type BatchCost, getBatchCost } from './get-batch-cost';

/** What a batch's message tells beyond its counts. */
export interface BatchInsights {
  /** Messages a second at the moment; 0 unless the batch is submitting. */
  pace: number;
  /** Most recipients first; null country: numbers of no single country. */
  countries: { country: string | null; count: number }[];
  /** What was charged so far. */
  cost: BatchCost | null;
  /** What the review said it would cost; null where no review was shown. */
  estimate: SavedEstimate | null;
  /** Of a completed batch: messages that the provider took, each of which may have a price. Else null. */
  taken: number | null;
  /** Of a completed batch, whose outcomes came over more than a moment: how many had ended after so long. */
  curve: { afterMs: number; delivered: number; failed: number }[];
}

/** A chart holds twenty; of more than ten the labels run into each other. */
const MOST_STEPS = 10;
const MS_PER_SECOND = 1000;

/** Asks of our own tables only what the batch's status can answer: no pace of one that rests, no curve of one that runs. */
export async function getBatchInsights(app: AppContext, summary: BatchSummary): Promise<BatchInsights> {
  const key = { provider: summary.provider, batchId: summary.id };
  const [batch, cost, pace, curve, taken] = await Promise.all([
    findBatch(app.db, summary.id, summary.tenantId),
    getBatchCost(app, { tenantId: summary.tenantId, batchId: summary.id }),
    summary.status === 'submitting' ? measurePace(app.db, summary.id) : 0,
    curveOf(app, summary),
    summary.status === 'completed' ? countTaken(app.db, key) : null,
  ]);
  const { countries = [], cost_estimate: estimate = null } = batch ?? {};
  return { pace, cost, estimate, taken, curve, countries };
}

async function curveOf(app: AppContext, summary: BatchSummary): Promise<BatchInsights['curve']> {
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
