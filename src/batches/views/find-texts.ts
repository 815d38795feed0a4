import type { Heart } from '../app-context';
import { writeAudit } from '../store/audit';
import { type FoundText, listTexts } from './found-texts.sql';

export type { FoundText };

/**
 * Every text that a workspace has sent to a number (E.164), the newest `limit` of them. That somebody looked is
 * kept; whom they looked for is not.
 */
export async function findTexts(
  heart: Heart,
  call: { tenantId: string; userId: string; channel: string; number: string; limit: number },
): Promise<{ texts: FoundText[]; total: number }> {
  const found = await listTexts(heart.db, call);
  await heart.db.transaction(async (trx) => {
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
