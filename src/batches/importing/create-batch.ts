import { randomBytes } from 'node:crypto';
import type { AppContext } from '../app-context';
import type { Draft } from '../batch';
import { enqueueImport } from '../enqueue-jobs';
import { insertBatch } from '../store/batches';
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

/**
 * The first part of every order id of a batch. It grows with time, so that an import appends to the unique index
 * instead of scattering over it (twice as fast). It ends randomly, so that two installations on one Buka account
 * never share one. 14 characters: with the position, an order id is shorter than 25 characters of the 50 allowed.
 */
function newOrderPrefix(): string {
  return (
    Date.now().toString(36).padStart(9, '0') +
    randomBytes(4).readUInt32BE().toString(36).slice(-5).padStart(5, '0')
  );
}
