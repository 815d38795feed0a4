import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { enqueueImport } from '../enqueue-jobs';
import { writeAudit } from '../store/audit';
import { findForAct } from '../store/find-for-act';
import { setPhoneColumn } from '../store/sources';
import { setColumnQuestions } from './import-progress.sql';

/**
 * Names the columns that hold the numbers, and the list is read again. Returns false where the batch is not there or is
 * not being imported any more.
 */
export async function setPhoneColumns(
  app: AppContext,
  actor: Actor,
  choice: { batchId: string; columns: { source: number; column: number }[] },
): Promise<boolean> {
  const { batchId, columns } = choice;
  if (!(await findForAct(app.db, actor, 'draft', batchId))) return false;
  return app.db.transaction(async (trx) => {
    if (!(await setColumnQuestions(trx, batchId, []))) return false;
    for (const { source, column } of columns) await setPhoneColumn(trx, batchId, source, column);
    await writeAudit(trx, actor, {
      batchId,
      action: 'batch.choose_columns',
      detail: { columns: columns.length },
    });
    await enqueueImport(trx, batchId);
    return true;
  });
}
