import { type Actor, authorise } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import { writeAudit } from '../store/audit';
import { inSearchTurn } from './in-search-turn';
import { listSentTexts, type SentText } from './sent-texts.sql';

export type { SentText };

/**
 * The newest `limit` texts that a workspace has sent to a number (E.164), and how many there are. The audit log records
 * that somebody searched, but not the number.
 */
export async function findTexts(
  app: AppContext,
  actor: Actor,
  search: { number: string; limit: number },
): Promise<{ texts: SentText[]; total: number }> {
  authorise(actor, 'find');
  const found = await inSearchTurn(app, actor, () =>
    listSentTexts(readsOf(app, actor), { tenantId: actor.tenantId, ...search }),
  );
  const event = { batchId: null, action: 'recipient.find', detail: { found: found.total } };
  await app.db.transaction((trx) => writeAudit(trx, actor, event));
  return found;
}
