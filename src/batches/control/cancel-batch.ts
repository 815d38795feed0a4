import { transact } from '../../db/transact';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { CANCELLABLE } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch, lockBatch } from '../store/batches';
import { addToCounts, moveBatch, noteCancelled } from '../store/move-batch';
import { moveUnsent } from '../store/move-recipients';
import { dropWaiting } from '../store/submissions';

export type CancelOutcome =
  /** `alreadyGone` counts those in an open request too: they may arrive. */
  | { kind: 'cancelled'; cancelled: number; alreadyGone: number }
  /** Nothing was left to call back. */
  | { kind: 'too_late'; alreadyGone: number }
  | { kind: 'not_found' };

/** Calls back whoever was not submitted yet. What had gone is tracked to its end as before. */
export async function cancelBatch(
  app: AppContext,
  call: { tenantId: string; userId: string; batchId: string },
): Promise<CancelOutcome> {
  if (!(await findBatch(app.db, call.batchId, call.tenantId))) return { kind: 'not_found' };
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, call.batchId);
    const gone = batch.total_count - batch.cancelled_count;
    if (!CANCELLABLE.includes(batch.status)) {
      return { kind: 'too_late', alreadyGone: gone };
    }
    await noteCancelled(trx, batch.id);
    await dropWaiting(trx, batch.id);
    const cancelled = await moveUnsent(trx, { provider: batch.channel, batchId: batch.id }, 'cancelled');
    if (cancelled === 0) return { kind: 'too_late', alreadyGone: gone };
    await addToCounts(trx, batch.id, { cancelled });
    if (cancelled === gone) await moveBatch(trx, batch.id, 'cancelled', { completed_at: trx.fn.now() });
    await writeAudit(trx, {
      ...call,
      action: 'batch.cancel',
      detail: { cancelled, alreadyGone: gone - cancelled },
    });
    await advanceBatch(app, trx, batch.id);
    return { kind: 'cancelled', cancelled, alreadyGone: gone - cancelled };
  });
}
