import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { forgetPastedText } from '../store/sources';

/** A person does not want what they drafted. A batch that was started is not touched. */
export async function discardDraft(
  app: AppContext,
  draft: { tenantId: string; userId: string; batchId: string },
): Promise<boolean> {
  const batch = await findBatch(app.db, draft.batchId, draft.tenantId);
  if (!batch) return false;
  return app.db.transaction(async (trx) => {
    if (!(await moveBatch(trx, batch.id, 'cancelled', {}, ['draft', 'importing', 'ready']))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...draft, action: 'batch.discard', detail: {} });
    return true;
  });
}
