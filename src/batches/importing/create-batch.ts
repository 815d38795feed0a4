import type { AppContext } from '../app-context';
import type { Draft } from '../batch';
import { enqueueImport } from '../enqueue-jobs';
import { insertBatch } from '../store/batches';
import { newOrderPrefix } from '../store/order-ids';
import { insertSources } from '../store/sources';

/**
 * Stores a draft and enqueues the import of its list. Nothing is sent before `startBatch`. The same modal delivered
 * twice (same `submitKey`) is one batch: the second call returns `created: false`.
 */
export async function createBatch(
  app: AppContext,
  draft: Draft,
): Promise<{ batchId: string; created: boolean }> {
  return app.db.transaction(async (trx) => {
    const batch = await insertBatch(trx, draft, newOrderPrefix());
    if (!batch.created) return batch;
    await insertSources(trx, batch.batchId, draft.sources);
    await enqueueImport(trx, batch.batchId);
    return batch;
  });
}
