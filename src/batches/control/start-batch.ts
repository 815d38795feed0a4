import type { AppContext } from '../app-context';
import { enqueueLane, enqueueStatusMessage } from '../enqueue-jobs';
import type { BatchStatus } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveToStarted } from '../store/move-batch';
import { forgetPastedText } from '../store/sources';

export type StartOutcome =
  | { kind: 'started'; total: number }
  /** Somebody pressed Send before: nothing happens twice. */
  | { kind: 'already_started'; status: BatchStatus }
  /** The list was read again since this review was shown. */
  | { kind: 'outdated' }
  | { kind: 'nothing_to_send' }
  | { kind: 'discarded' }
  | { kind: 'not_found' };

/**
 * A person says yes: from here on the batch moves by itself. Compare and set on the reviewed version, so
 * that a double click, a repeated delivery and two people are one start.
 */
export async function startBatch(
  app: AppContext,
  yes: { tenantId: string; userId: string; batchId: string; version: number },
): Promise<StartOutcome> {
  const batch = await findBatch(app.db, yes.batchId, yes.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'ready' && batch.version !== yes.version) return { kind: 'outdated' };
  if (batch.status === 'ready' && batch.total_count === 0) return { kind: 'nothing_to_send' };
  const started = await app.db.transaction(async (trx) => {
    if (!(await moveToStarted(trx, batch.id, yes.version))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...yes, action: 'batch.start', detail: { total: batch.total_count } });
    await enqueueLane(trx, batch.id, 0);
    await enqueueStatusMessage(trx, batch.id, 0);
    return true;
  });
  return started ? { kind: 'started', total: batch.total_count } : whyNot(app, yes);
}

async function whyNot(app: AppContext, yes: { tenantId: string; batchId: string }): Promise<StartOutcome> {
  const batch = await findBatch(app.db, yes.batchId, yes.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'importing') return { kind: 'outdated' };
  if (batch.status === 'cancelled' && batch.started_at === null) return { kind: 'discarded' };
  return { kind: 'already_started', status: batch.status };
}
