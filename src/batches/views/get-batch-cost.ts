import type { AppContext } from '../app-context';
import { findBatch } from '../store/batches';
import { type CostSum, sumCosts } from '../store/costs';

/** What a batch has cost so far, as the provider says in its reports. */
export interface BatchCost {
  /** By currency, the one of most messages first; empty while nothing is known. */
  sums: CostSum[];
  /**
   * Messages whose price is known. Where a person sent again to somebody, each attempt is a message and costs:
   * this may be more than the batch's recipients.
   */
  pricedTexts: number;
  /** Segments that were charged, over all of them. */
  segmentsCharged: number;
}

/** Null where the workspace has no such batch. */
export async function getBatchCost(
  app: AppContext,
  key: { tenantId: string; batchId: string },
): Promise<BatchCost | null> {
  const batch = await findBatch(app.db, key.batchId, key.tenantId);
  if (!batch) return null;
  const sums = await sumCosts(app.db, batch.id);
  return {
    sums,
    pricedTexts: sums.reduce((sum, one) => sum + one.messages, 0),
    segmentsCharged: sums.reduce((sum, one) => sum + one.segments, 0),
  };
}
