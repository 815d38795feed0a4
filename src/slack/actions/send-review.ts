import { getReview } from '../../batches/get-review';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import { editMessage } from '../edit-message';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { readReviewKey } from '../messages/review-message';
import { showReview } from '../show-review';
import { isOutdated, startReviewed, whyNotStarted } from '../start-reviewed';

/** Send, pressed in the direct message; the message then says what became of it. */
export async function sendReview(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'send');
  if (refused) return refused;
  const { post, tenantId, words } = visit;
  const key = readReviewKey(click.value);
  const outcome = await startReviewed(visit, key);
  const why = whyNotStarted(words, outcome);
  if (why !== null && isOutdated(outcome)) {
    await showReview(post, key.batchId);
    return plainAnswer(why);
  }
  const review = await getReview(post.heart, { tenantId, batchId: key.batchId });
  const started = words.review.started(review?.accepted ?? 0, `<#${review?.slackChannelId}>`);
  await editMessage(visit, click, plainAnswer(why ?? started));
  return null;
}
