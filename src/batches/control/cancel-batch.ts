import { transact } from '../../db/transact';
import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { CANCELLABLE } from '../states';
import { writeAudit } from '../store/audit';
import { lockBatch } from '../store/batches';
import { findForActNow } from '../store/find-for-act';
import { addToCounts, moveBatch, noteCancelled } from '../store/move-batch';
import { moveUnsent } from '../store/move-recipients';
import { dropWaiting } from '../store/submissions';
import { type DrawnFrom, hasGoneOn } from './drawn-from';

type CancelOutcome =
  /**
   * `alreadyGone` also counts recipients in an open submission: they may get the text, and those who then did not are
   * cancelled too. So `cancelled` may be 0.
   */
  | { kind: 'cancelled'; cancelled: number; alreadyGone: number }
  /** Nobody was left to cancel, or a person had cancelled before. */
  | { kind: 'too_late'; alreadyGone: number }
  /** The batch has gone on since the button was drawn, and nothing was done. */
  | { kind: 'outdated' }
  | { kind: 'not_found' };

/** Cancels every recipient that was not submitted yet. The others are tracked to their outcome as before. */
export async function cancelBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
  drawn: DrawnFrom = {},
): Promise<CancelOutcome> {
  return transact(app.db, async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', batchId))) return { kind: 'not_found' };
    const batch = await lockBatch(trx, batchId);
    if (hasGoneOn(batch, drawn)) return { kind: 'outdated' };
    const alreadyGone = batch.total_count - batch.cancelled_count;
    if (!CANCELLABLE.includes(batch.status) || batch.cancelled_at) return { kind: 'too_late', alreadyGone };
    await noteCancelled(trx, batch.id);
    await dropWaiting(trx, batch.id);
    const cancelled = await moveUnsent(trx, batch.id, 'cancelled');
    await addToCounts(trx, batch.id, { cancelled });
    if (cancelled === alreadyGone)
      await moveBatch(trx, batch.id, 'cancelled', { completed_at: trx.fn.now() });
    const detail = { cancelled, alreadyGone: alreadyGone - cancelled };
    await writeAudit(trx, actor, { batchId, action: 'batch.cancel', detail });
    await advanceBatch(app, trx, batch.id);
    return { kind: 'cancelled', cancelled, alreadyGone: alreadyGone - cancelled };
  });
}
