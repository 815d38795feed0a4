import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { openFirstLanes } from '../sending/open-lanes';
import { writeAudit } from '../store/audit';
import { lockBatch } from '../store/batches';
import { findForActNow } from '../store/find-for-act';
import { moveBatch, moveToPausedByPerson } from '../store/move-batch';
import { type DrawnFrom, hasGoneOn } from './drawn-from';

/** `outdated`: the batch has gone on since the button was drawn, and nothing was done. */
type PauseOutcome = { kind: 'paused' | 'not_running' | 'outdated' | 'not_found' };
type ResumeOutcome = { kind: 'resumed' | 'not_paused' | 'outdated' | 'not_found' };

/** No further chunk is submitted until a person resumes the batch. Open requests run to their end. */
export async function pauseBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
  drawn: DrawnFrom = {},
): Promise<PauseOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', batchId))) return { kind: 'not_found' };
    if (hasGoneOn(await lockBatch(trx, batchId), drawn)) return { kind: 'outdated' };
    if (!(await moveToPausedByPerson(trx, batchId))) return { kind: 'not_running' };
    await writeAudit(trx, actor, { batchId, action: 'batch.pause', detail: {} });
    await advanceBatch(app, trx, batchId);
    return { kind: 'paused' };
  });
}

/** Submitting goes on, first with one request alone: what stopped the batch may still be there. */
export async function resumeBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
  drawn: DrawnFrom = {},
): Promise<ResumeOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', batchId))) return { kind: 'not_found' };
    if (hasGoneOn(await lockBatch(trx, batchId), drawn)) return { kind: 'outdated' };
    const why = { reason: null, reason_detail: null };
    if (!(await moveBatch(trx, batchId, 'pending', why, ['paused']))) return { kind: 'not_paused' };
    await writeAudit(trx, actor, { batchId, action: 'batch.resume', detail: {} });
    await advanceBatch(app, trx, batchId);
    await openFirstLanes(trx, batchId);
    return { kind: 'resumed' };
  });
}
