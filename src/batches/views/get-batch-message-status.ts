import { type AppContext, providerOf } from '../app-context';
import type { Counts, LiveStatus } from '../batch';
import { requireAccount } from '../provider/find-account';
import { listOpen } from '../store/recipients';
import { getBatchSummary } from './get-batch-summary';

/**
 * Asks the provider, now, about every message of the batch that is not final, and answers with the counts
 * as they would be. Stores nothing. Throws ProviderError where the provider cannot be asked.
 */
export async function getBatchMessageStatus(
  app: AppContext,
  key: { tenantId: string; batchId: string },
): Promise<LiveStatus | null> {
  const summary = await getBatchSummary(app, key);
  if (!summary) return null;
  const open = await listOpen(app.db, { provider: summary.provider, batchId: summary.id });
  const counts: Counts = { ...summary.counts };
  let notFound = 0;
  if (open.length > 0) {
    const { tenantId, provider, sender } = summary;
    const { account } = await requireAccount(app, { tenantId, provider, userId: sender.userId });
    const stood = new Map(open.map((one) => [one.provider_message_id, one.status]));
    const answer = await providerOf(app, summary.provider).queryMessageStatusByIds(
      account,
      [...stood.keys()],
      { signal: app.stopping },
    );
    notFound = answer.totalNotFound;
    for (const { messageId, status } of answer.results) {
      const before = stood.get(messageId);
      if (!before || status === 'unknown' || status === before) continue;
      counts[before] -= 1;
      counts[status] += 1;
    }
  }
  return { summary, counts, askedAt: new Date(), asked: open.length, notFound };
}
