import { getReview } from '../../../batches/views/get-review';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import { editMessage } from '../../client/edit-message';
import { showReview } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';
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
