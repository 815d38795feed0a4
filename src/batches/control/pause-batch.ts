import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { openFirstLanes } from '../sending/open-lanes';
import { writeAudit } from '../store/audit';
import { findForActNow } from '../store/find-for-act';
import { moveBatch } from '../store/move-batch';

type PauseOutcome = { kind: 'paused' } | { kind: 'not_running' } | { kind: 'not_found' };
type ResumeOutcome = { kind: 'resumed' } | { kind: 'not_paused' } | { kind: 'not_found' };

/** No further chunk is submitted until a person resumes the batch. Open requests run to their end. */
export async function pauseBatch(app: AppContext, actor: Actor, batchId: string): Promise<PauseOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', batchId))) return { kind: 'not_found' };
    const why = { reason: 'person', reason_detail: null };
    if (!(await moveBatch(trx, batchId, 'paused', why))) return { kind: 'not_running' };
    await writeAudit(trx, actor, { batchId, action: 'batch.pause', detail: {} });
    await advanceBatch(app, trx, batchId);
    return { kind: 'paused' };
  });
}

/** Submitting goes on, first with one request alone: what stopped the batch may still be there. */
export async function resumeBatch(app: AppContext, actor: Actor, batchId: string): Promise<ResumeOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', batchId))) return { kind: 'not_found' };
    const why = { reason: null, reason_detail: null };
    if (!(await moveBatch(trx, batchId, 'pending', why, ['paused']))) return { kind: 'not_paused' };
    await writeAudit(trx, actor, { batchId, action: 'batch.resume', detail: {} });
    await advanceBatch(app, trx, batchId);
    await openFirstLanes(trx, batchId);
    return { kind: 'resumed' };
  });
}
