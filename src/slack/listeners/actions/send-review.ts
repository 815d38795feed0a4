import { getReview } from '../../../batches/views/get-review';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import { editMessage } from '../../client/edit-message';
import { showReview } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { type RequestContext, refusal } from '../request-context';
import { isOutdated, startReviewed, whyNotStarted } from '../start-reviewed';

/** *Send* in the direct message. The message is replaced by what has happened. */
export async function sendReview(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const refused = refusal(request, 'send');
  if (refused) return refused;
  const { slack, tenantId, words } = request;
  const key = readReviewKey(click.value);
  const outcome = await startReviewed(request, key);
  const why = whyNotStarted(words, outcome);
  if (why !== null && isOutdated(outcome)) {
    await showReview(slack, key.batchId);
    return plainReply(why);
  }
  const review = await getReview(slack.app, { tenantId, batchId: key.batchId });
  const started = words.review.started(review?.accepted ?? 0, `<#${review?.slackChannelId}>`);
  if (click.message) await editMessage(slack, click.message, plainReply(why ?? started));
  return null;
}
