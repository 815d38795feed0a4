import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import type { BatchCommand } from '../batch';
import { enqueueLane } from '../enqueue-jobs';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';

type PauseOutcome = { kind: 'paused' } | { kind: 'not_running' } | { kind: 'not_found' };
type ResumeOutcome = { kind: 'resumed' } | { kind: 'not_paused' } | { kind: 'not_found' };

/** No further chunk is submitted until a person resumes the batch. Open requests run to their end. */
export async function pauseBatch(app: AppContext, command: BatchCommand): Promise<PauseOutcome> {
  if (!(await findBatch(app.db, command.batchId, command.tenantId))) return { kind: 'not_found' };
  return app.db.transaction(async (trx) => {
    const why = { reason: 'person', reason_detail: null };
    if (!(await moveBatch(trx, command.batchId, 'paused', why))) return { kind: 'not_running' };
    await writeAudit(trx, { ...command, action: 'batch.pause', detail: {} });
    await advanceBatch(app, trx, command.batchId);
    return { kind: 'paused' };
  });
}

/** Submitting goes on, first with one request alone: what stopped the batch may still be there. */
export async function resumeBatch(app: AppContext, command: BatchCommand): Promise<ResumeOutcome> {
  if (!(await findBatch(app.db, command.batchId, command.tenantId))) return { kind: 'not_found' };
  return app.db.transaction(async (trx) => {
    const why = { reason: null, reason_detail: null };
    if (!(await moveBatch(trx, command.batchId, 'pending', why, ['paused']))) return { kind: 'not_paused' };
    await writeAudit(trx, { ...command, action: 'batch.resume', detail: {} });
    await advanceBatch(app, trx, command.batchId);
    await enqueueLane(trx, command.batchId, 0);
    return { kind: 'resumed' };
  });
}
