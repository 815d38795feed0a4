import { getBatchSummary } from '../../batches/views/get-batch-summary';
import type { RequestContext } from './request-context';

/** Why there is no review of a draft any more, as text; null where there is one. */
export async function whyNoReview(
  { slack, actor, words }: RequestContext,
  batchId: string,
): Promise<string | null> {
  const batch = await getBatchSummary(slack.app, actor, batchId);
  if (!batch) return words.review.gone;
  if (batch.startedAt) return words.review.alreadyStarted;
  if (batch.status !== 'cancelled') return null;
  const ended = batch.sight === 'all' ? batch.reason?.code : null;
  if (ended === 'deleted') return words.openDraft.deleted(slack.settings.command);
  return ended === 'expired' ? words.openDraft.hasExpired : words.review.discarded;
}
