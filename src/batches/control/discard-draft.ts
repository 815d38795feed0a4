import type { Actor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { findForActNow } from '../store/find-for-act';
import { moveBatch } from '../store/move-batch';
import { forgetListSamples } from '../store/sources';

type DiscardOutcome =
  /** Now or before: nothing of it was or will be sent. */
  { kind: 'discarded' } | { kind: 'already_started' } | { kind: 'not_found' };

/** Discards a draft. A batch that was started is not touched. */
export async function discardDraft(app: AppContext, actor: Actor, batchId: string): Promise<DiscardOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'draft', batchId))) return { kind: 'not_found' };
    if (!(await moveBatch(trx, batchId, 'cancelled', {}, ['draft', 'importing', 'ready']))) {
      const batch = await findBatch(trx, batchId);
      return { kind: batch?.started_at ? 'already_started' : 'discarded' };
    }
    await forgetListSamples(trx, batchId);
    await writeAudit(trx, actor, { batchId, action: 'batch.discard', detail: {} });
    return { kind: 'discarded' };
  });
}
