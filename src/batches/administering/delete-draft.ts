import type { Knex } from 'knex';
import type { Actor } from '../../tenants/actor';
import { enqueueReview } from '../enqueue-jobs';
import { OPEN_DRAFT } from '../importing/open-drafts.sql';
import { writeAudit } from '../store/audit';
import { findBatch } from '../store/batches';
import { authoriseNow } from '../store/find-for-act';
import { moveBatch } from '../store/move-batch';
import { forgetListSamples } from '../store/sources';
import type { AdminContext } from './admin-context';

type DeleteOutcome =
  | { kind: 'deleted' }
  /** It was sent: cancel the batch. */
  | { kind: 'already_started' }
  /** It was discarded, has expired, or was deleted before. */
  | { kind: 'already_closed' }
  | { kind: 'not_found' };

/** An admin deletes a draft of somebody, who is told. A batch that was started is not touched. */
export async function deleteDraft(app: AdminContext, actor: Actor, batchId: string): Promise<DeleteOutcome> {
  return app.db.transaction(async (trx) => {
    await authoriseNow(trx, actor, 'administer');
    if (!(await findBatch(trx, batchId, actor.tenantId))) return { kind: 'not_found' };
    if (await closeDraft(trx, actor, batchId)) return { kind: 'deleted' };
    const batch = await findBatch(trx, batchId);
    return { kind: batch?.started_at ? 'already_started' : 'already_closed' };
  });
}

/** Closes an open draft and has its writer told. Returns false where it is none any more. */
export async function closeDraft(trx: Knex.Transaction, actor: Actor, batchId: string): Promise<boolean> {
  if (!(await moveBatch(trx, batchId, 'cancelled', { reason: 'deleted' }, OPEN_DRAFT))) return false;
  await forgetListSamples(trx, batchId);
  await writeAudit(trx, actor, { batchId, action: 'batch.delete_draft', detail: {} });
  await enqueueReview(trx, batchId);
  return true;
}
