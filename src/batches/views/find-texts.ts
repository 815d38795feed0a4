import type { AppContext } from '../app-context';
import { writeAudit } from '../store/audit';
import { type FoundText, listTexts } from './found-texts.sql';

export type { FoundText };

/**
 * Every text that a workspace has sent to a number (E.164), the newest `limit` of them. That somebody looked is
 * kept; whom they looked for is not.
 */
export async function findTexts(
  app: AppContext,
  call: { tenantId: string; userId: string; provider: string; number: string; limit: number },
): Promise<{ texts: FoundText[]; total: number }> {
  const found = await listTexts(app.db, call);
  await app.db.transaction(async (trx) => {
    const { tenantId, userId } = call;
    await writeAudit(trx, {
      tenantId,
      userId,
      batchId: null,
      action: 'recipient.find',
      detail: { found: found.total },
    });
  });
  return found;
}
