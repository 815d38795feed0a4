import type { Knex } from 'knex';
import { composeText } from '../../content/compose-text';
import type { ApiKeyActor, PersonActor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import type { Draft } from '../draft-input';
import { enqueueImport } from '../enqueue-jobs';
import { writeAudit } from '../store/audit';
import { insertBatch } from '../store/batches';
import { authoriseNow } from '../store/find-for-act';
import { newOrderPrefix } from '../store/order-ids';
import { insertSources } from '../store/sources';
import { refuseTooManyDrafts } from './draft-limit';
import { lockDrafts } from './open-drafts.sql';

/**
 * Stores a draft and enqueues the import of its list. Nothing is sent before `startBatch`. The same form sent twice
 * (same `submitKey`) is one batch: the second call returns `created: false`. `note` is what the caller stores of the
 * batch itself, in the same transaction, before any job of the batch runs. Throws TooManyDrafts where as many drafts of the
 * person, the key or the workspace are open as may be.
 */
export async function createBatch(
  app: AppContext,
  actor: PersonActor | ApiKeyActor,
  draft: Draft,
  note: (trx: Knex.Transaction, batchId: string) => Promise<void> = async () => {},
): Promise<{ batchId: string; created: boolean }> {
  return app.db.transaction(async (trx) => {
    await authoriseNow(trx, actor, 'send');
    await lockDrafts(trx, actor.tenantId);
    const composed = { ...draft, content: composeText(draft.content) };
    const batch = await insertBatch(trx, actor, composed, newOrderPrefix());
    if (!batch.created) return batch;
    await refuseTooManyDrafts(app, trx, actor);
    await insertSources(trx, batch.batchId, draft.sources);
    await note(trx, batch.batchId);
    const detail = { sources: draft.sources.length };
    await writeAudit(trx, actor, { batchId: batch.batchId, action: 'batch.create', detail });
    await enqueueImport(trx, batch.batchId);
    return batch;
  });
}
