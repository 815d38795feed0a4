import { transact } from '../../db/transact';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import type { BatchCommand } from '../batch';
import { CANCELLABLE } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch, lockBatch } from '../store/batches';
import { addToCounts, moveBatch, noteCancelled } from '../store/move-batch';
import { moveUnsent } from '../store/move-recipients';
import { dropWaiting } from '../store/submissions';

type CancelOutcome =
  /** `alreadyGone` also counts recipients in an open request: they may get the text. */
  | { kind: 'cancelled'; cancelled: number; alreadyGone: number }
  /** Nobody was left to cancel. */
  | { kind: 'too_late'; alreadyGone: number }
  | { kind: 'not_found' };

/** Cancels every recipient that was not submitted yet. The others are tracked to their outcome as before. */
export async function cancelBatch(app: AppContext, command: BatchCommand): Promise<CancelOutcome> {
  if (!(await findBatch(app.db, command.batchId, command.tenantId))) return { kind: 'not_found' };
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, command.batchId);
    const alreadyGone = batch.total_count - batch.cancelled_count;
    if (!CANCELLABLE.includes(batch.status)) {
      return { kind: 'too_late', alreadyGone };
    }
    await noteCancelled(trx, batch.id);
    await dropWaiting(trx, batch.id);
    const cancelled = await moveUnsent(trx, { provider: batch.channel, batchId: batch.id }, 'cancelled');
    if (cancelled === 0) return { kind: 'too_late', alreadyGone };
    await addToCounts(trx, batch.id, { cancelled });
    if (cancelled === alreadyGone)
      await moveBatch(trx, batch.id, 'cancelled', { completed_at: trx.fn.now() });
    await writeAudit(trx, {
      ...command,
      action: 'batch.cancel',
      detail: { cancelled, alreadyGone: alreadyGone - cancelled },
    });
    await advanceBatch(app, trx, batch.id);
    return { kind: 'cancelled', cancelled, alreadyGone: alreadyGone - cancelled };
  });
}
