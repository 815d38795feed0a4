import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { findForAct } from '../store/find-for-act';
import type { RecipientDetail } from './batch-details';
import { listMatches } from './search-recipients.sql';

const EXAMPLES = 10;

/**
 * The first uncertain recipients (nobody knows whether they were sent the text), in the order of the list: for whoever
 * decides about them. Empty where the workspace has no such batch.
 */
export async function listUncertainExamples(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<RecipientDetail[]> {
  const db = readsOf(app, actor);
  const batch = await findForAct(db, actor, 'control', batchId);
  if (!batch) return [];
  const key = { batchId, orderPrefix: batch.order_prefix };
  return listMatches(db, key, { status: 'unknown' }, { offset: 0, limit: EXAMPLES });
}
