import type { ReadingChoice } from '../../recipients/recipient';
import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { enqueueImport } from '../enqueue-jobs';
import { writeAudit } from '../store/audit';
import { findForActNow } from '../store/find-for-act';
import { moveToImporting } from '../store/move-batch';
import { addToChoice } from './source-readings.sql';

/**
 * A person decides how sources of a draft are to be read, such as which column has the numbers, and the list is read
 * again. Nothing is stored while it is being read already: the person sees the next review first. Returns false where
 * the batch is not there, is not a draft any more, or is being read.
 */
export async function changeReading(
  app: AppContext,
  actor: Actor,
  { batchId, changes }: { batchId: string; changes: { source: number; choice: ReadingChoice }[] },
): Promise<boolean> {
  return app.db.transaction(async (trx) => {
    const batch = await findForActNow(trx, actor, 'draft', batchId);
    if (!batch) return false;
    if (!(await moveToImporting(trx, batchId))) return false;
    for (const { source, choice } of changes) await addToChoice(trx, batchId, source, choice);
    const detail = { sources: changes.length };
    await writeAudit(trx, actor, { batchId, action: 'batch.change_reading', detail });
    await enqueueImport(trx, batchId);
    return true;
  });
}
