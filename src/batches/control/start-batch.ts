import { type Actor, authorise } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { enqueueStatusMessage } from '../enqueue-jobs';
import { openFirstLanes } from '../sending/open-lanes';
import type { BatchStatus } from '../states';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { authoriseNow, findForAct, findForActNow } from '../store/find-for-act';
import { moveToStarted } from '../store/move-batch';
import { forgetListSamples } from '../store/sources';

export type StartOutcome =
  | { kind: 'started'; total: number }
  /** The batch was started before, and is not started twice. */
  | { kind: 'already_started'; status: BatchStatus }
  /** The list was read again since this review was shown. */
  | { kind: 'outdated' }
  | { kind: 'nothing_to_send' }
  | { kind: 'discarded' }
  | { kind: 'expired' }
  | { kind: 'not_found' };

/** The batch as its review showed it. */
interface ReviewedBatch {
  batchId: string;
  version: number;
}

/**
 * Sends a draft; no later step needs a person. Compare and set on the reviewed version: who asks twice, a repeated
 * delivery and two people are one start.
 */
export async function startBatch(
  app: AppContext,
  actor: Actor,
  command: ReviewedBatch,
): Promise<StartOutcome> {
  authorise(actor, 'send');
  const batch = await findForAct(app.db, actor, 'draft', command.batchId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'ready' && batch.version !== command.version) return { kind: 'outdated' };
  if (batch.status === 'ready' && batch.total_count === 0) return { kind: 'nothing_to_send' };
  const started = await app.db.transaction(async (trx) => {
    await authoriseNow(trx, actor, 'send');
    await findForActNow(trx, actor, 'draft', batch.id);
    if (!(await moveToStarted(trx, batch.id, command.version))) return false;
    await forgetListSamples(trx, batch.id);
    await writeAudit(trx, actor, {
      batchId: batch.id,
      action: 'batch.start',
      detail: { total: batch.total_count },
    });
    await openFirstLanes(trx, batch.id);
    await enqueueStatusMessage(trx, batch.id, 0);
    return true;
  });
  return started ? { kind: 'started', total: batch.total_count } : explainNotStarted(app, batch.id);
}

async function explainNotStarted(app: AppContext, batchId: string): Promise<StartOutcome> {
  const batch = await findBatch(app.db, batchId);
  if (!batch) return { kind: 'not_found' };
  if (batch.status === 'importing') return { kind: 'outdated' };
  if (batch.status === 'cancelled' && batch.started_at === null) {
    return { kind: batch.reason === 'expired' ? 'expired' : 'discarded' };
  }
  return { kind: 'already_started', status: batch.status };
}
