import type { Heart } from '../app-context';
import { wakeLane, wakeMessage } from '../enqueue-jobs';
import type { BatchStatus } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveBatch, moveToStarted } from '../store/move-batch';
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
  heart: Heart,
  yes: { tenantId: string; userId: string; batchId: string; version: number },
): Promise<StartOutcome> {
  const batch = await findBatch(heart.db, yes.batchId, yes.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'ready' && batch.version !== yes.version) return { kind: 'outdated' };
  if (batch.status === 'ready' && batch.total_count === 0) return { kind: 'nothing_to_send' };
  const started = await heart.db.transaction(async (trx) => {
    if (!(await moveToStarted(trx, batch.id, yes.version))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...yes, action: 'batch.start', detail: { total: batch.total_count } });
    await wakeLane(trx, batch.id, 0);
    await wakeMessage(trx, batch.id, 0);
    return true;
  });
  return started ? { kind: 'started', total: batch.total_count } : whyNot(heart, yes);
}

async function whyNot(heart: Heart, yes: { tenantId: string; batchId: string }): Promise<StartOutcome> {
  const batch = await findBatch(heart.db, yes.batchId, yes.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'importing') return { kind: 'outdated' };
  if (batch.status === 'cancelled' && batch.started_at === null) return { kind: 'discarded' };
  return { kind: 'already_started', status: batch.status };
}

/** A person does not want what they drafted. A batch that was started is not touched. */
export async function discardDraft(
  heart: Heart,
  draft: { tenantId: string; userId: string; batchId: string },
): Promise<boolean> {
  const batch = await findBatch(heart.db, draft.batchId, draft.tenantId);
  if (!batch) return false;
  return heart.db.transaction(async (trx) => {
    if (!(await moveBatch(trx, batch.id, 'cancelled', {}, ['draft', 'importing', 'ready']))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...draft, action: 'batch.discard', detail: {} });
    return true;
  });
}
