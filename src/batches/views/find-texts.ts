import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { listSentTexts, type SentText } from './sent-texts.sql';

export type { SentText };

/**
 * The newest `limit` texts that a workspace has sent to a number (E.164), and how many there are. The audit log
 * records that a person searched, but not the number.
 */
export async function findTexts(
  app: AppContext,
  search: { tenantId: string; userId: string; provider: string; number: string; limit: number },
): Promise<{ texts: SentText[]; total: number }> {
  const found = await listSentTexts(app.db, search);
  const { tenantId, userId } = search;
  const detail = { found: found.total };
  await app.db.transaction((trx) =>
    writeAudit(trx, { tenantId, userId, batchId: null, action: 'recipient.find', detail }),
  );
  return found;
}
