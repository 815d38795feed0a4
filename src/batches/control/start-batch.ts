import type { AppContext } from '../app-context';
import type { BatchCommand } from '../batch';
import { enqueueLane, enqueueStatusMessage } from '../enqueue-jobs';
import type { BatchStatus } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { moveToStarted } from '../store/move-batch';
import { forgetPastedText } from '../store/sources';

export type StartOutcome =
  | { kind: 'started'; total: number }
  /** The batch was started before, and is not started twice. */
  | { kind: 'already_started'; status: BatchStatus }
  /** The list was read again since this review was shown. */
  | { kind: 'outdated' }
  | { kind: 'nothing_to_send' }
  | { kind: 'discarded' }
  | { kind: 'not_found' };

/**
 * A person presses Send; no later step needs one. Compare and set on the reviewed version: a double click, a repeated
 * delivery by Slack and two people are one start.
 */
export async function startBatch(
  app: AppContext,
  command: BatchCommand & { version: number },
): Promise<StartOutcome> {
  const batch = await findBatch(app.db, command.batchId, command.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'ready' && batch.version !== command.version) return { kind: 'outdated' };
  if (batch.status === 'ready' && batch.total_count === 0) return { kind: 'nothing_to_send' };
  const started = await app.db.transaction(async (trx) => {
    if (!(await moveToStarted(trx, batch.id, command.version))) return false;
    await forgetPastedText(trx, batch.id);
    await writeAudit(trx, { ...command, action: 'batch.start', detail: { total: batch.total_count } });
    await enqueueLane(trx, batch.id, 0);
    await enqueueStatusMessage(trx, batch.id, 0);
    return true;
  });
  return started ? { kind: 'started', total: batch.total_count } : explainNotStarted(app, command);
}

async function explainNotStarted(app: AppContext, command: BatchCommand): Promise<StartOutcome> {
  const batch = await findBatch(app.db, command.batchId, command.tenantId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'importing') return { kind: 'outdated' };
  if (batch.status === 'cancelled' && batch.started_at === null) return { kind: 'discarded' };
  return { kind: 'already_started', status: batch.status };
}
