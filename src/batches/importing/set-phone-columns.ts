import type { AppContext } from '../app-context';
import { enqueueImport } from '../enqueue-jobs';
import { findBatch } from '../store/batches';
import { setPhoneColumn } from '../store/sources';
import { setColumnQuestions } from './import-progress.sql';

/**
 * A person names the columns that hold the numbers, and the list is read again. Returns false where the batch is not
 * there or is not being imported any more.
 */
export async function setPhoneColumns(
  app: AppContext,
  choice: { tenantId: string; batchId: string; columns: { source: number; column: number }[] },
): Promise<boolean> {
  const batch = await findBatch(app.db, choice.batchId, choice.tenantId);
  if (!batch) return false;
  return app.db.transaction(async (trx) => {
    if (!(await setColumnQuestions(trx, batch.id, []))) return false;
    for (const { source, column } of choice.columns) await setPhoneColumn(trx, batch.id, source, column);
    await enqueueImport(trx, batch.id);
    return true;
  });
}
