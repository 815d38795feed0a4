import type { AppContext } from '../app-context';
import type { BatchCommand } from '../batch';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { forgetPastedText } from '../store/sources';

/** A person discards a draft. Returns whether this call did it: false where the batch was started or is not there. */
export async function discardDraft(app: AppContext, command: BatchCommand): Promise<boolean> {
  const batch = await findBatch(app.db, command.batchId, command.tenantId);
  if (!batch) return false;
  return app.db.transaction(async (trx) => {
    if (!(await moveBatch(trx, batch.id, 'cancelled', {}, ['draft', 'importing', 'ready']))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...command, action: 'batch.discard', detail: {} });
    return true;
  });
}
