import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueLane } from '../enqueue-jobs';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';

export type PauseOutcome = { kind: 'paused' } | { kind: 'not_running' } | { kind: 'not_found' };
export type ResumeOutcome = { kind: 'resumed' } | { kind: 'not_paused' } | { kind: 'not_found' };

interface Call {
  tenantId: string;
  userId: string;
  batchId: string;
}

/** Takes no further chunk until somebody resumes. Requests that are open end as they would. */
export async function pauseBatch(app: AppContext, call: Call): Promise<PauseOutcome> {
  if (!(await findBatch(app.db, call.batchId, call.tenantId))) return { kind: 'not_found' };
  return app.db.transaction(async (trx) => {
    const why = { reason: 'person', reason_detail: null };
    if (!(await moveBatch(trx, call.batchId, 'paused', why))) return { kind: 'not_running' };
    await writeAudit(trx, { ...call, action: 'batch.pause', detail: {} });
    await advanceBatch(app, trx, call.batchId);
    return { kind: 'paused' };
  });
}

/** Goes on, first with one request alone: what stopped the batch may still be there. */
export async function resumeBatch(app: AppContext, call: Call): Promise<ResumeOutcome> {
  if (!(await findBatch(app.db, call.batchId, call.tenantId))) return { kind: 'not_found' };
  return app.db.transaction(async (trx) => {
    const why = { reason: null, reason_detail: null };
    if (!(await moveBatch(trx, call.batchId, 'pending', why, ['paused']))) return { kind: 'not_paused' };
    await writeAudit(trx, { ...call, action: 'batch.resume', detail: {} });
    await advanceBatch(app, trx, call.batchId);
    await enqueueLane(trx, call.batchId, 0);
    return { kind: 'resumed' };
  });
}
