import { type AppContext, providerOf } from '../app-context';
import type { Counts, LiveStatus } from '../batch';
import { requireAccount } from '../provider/find-account';
import { listOpen } from '../store/recipients';
import { getBatchSummary } from './get-batch-summary';

/**
 * Asks the provider now about every text of the batch without a final outcome, and returns the counts as they would
 * be. Stores nothing. Null where the workspace has no such batch. Throws ProviderError where the provider does not
 * answer.
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
    const storedStatuses = new Map(open.map((one) => [one.provider_message_id, one.status]));
    const answer = await providerOf(app, summary.provider).queryMessageStatusByIds(
      account,
      [...storedStatuses.keys()],
      { signal: app.stopping },
    );
    notFound = answer.totalNotFound;
    for (const { messageId, status } of answer.results) {
      const before = storedStatuses.get(messageId);
      if (!before || status === 'unknown' || status === before) continue;
      counts[before] -= 1;
      counts[status] += 1;
    }
  }
  return { summary, counts, askedAt: new Date(), asked: open.length, notFound };
}
