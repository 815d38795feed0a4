import type { AppContext } from '../app-context';
import { findBatch } from '../store/batches';
import { type CostSum, sumCosts } from '../store/costs';

/** The cost of a batch so far, from the provider's delivery reports. */
export interface BatchCost {
  /** By currency, the one of most texts first; empty while no price is known. */
  sums: CostSum[];
  /**
   * Texts with a known price. Each send attempt is a text and costs, so this may be more than the batch's recipients
   * where a person has sent again.
   */
  pricedTexts: number;
  /** Segments charged for all of them. */
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
