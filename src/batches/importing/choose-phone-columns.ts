import type { Heart } from '../app-context';
import { wakeImport } from '../enqueue-jobs';
import { findBatch } from '../store/batches';
import { setPhoneColumn } from '../store/sources';
import { setColumnQuestions } from './import-progress.sql';

/** A person has named the columns that hold the numbers: the list is read again with them. */
export async function choosePhoneColumns(
  heart: Heart,
  choice: { tenantId: string; batchId: string; columns: { source: number; column: number }[] },
): Promise<boolean> {
  const batch = await findBatch(heart.db, choice.batchId, choice.tenantId);
  if (!batch) return false;
  return heart.db.transaction(async (trx) => {
    if (!(await setColumnQuestions(trx, batch.id, []))) return false;
    for (const { source, column } of choice.columns) await setPhoneColumn(trx, batch.id, source, column);
    await wakeImport(trx, batch.id);
    return true;
  });
}
