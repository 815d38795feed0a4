import type { ViewOutput } from '@slack/bolt';
import { readReviewKey } from '../../blocks/messages/review-message';
import { importProgressModal } from '../../blocks/modals/import-progress';
import { noticeModal } from '../../blocks/modals/notice';
import { showReviewNow } from '../../posts/show-review';
import type { FormReply } from '../form-listeners';
import type { RequestContext } from '../request-context';
import { isOutdated, startReviewed, whyNotStarted } from '../start-reviewed';

/**
 * *Send* in the modal. A second click, a repeated delivery or a second person finds the batch started: the
 * modal closes.
 */
export async function submitReview(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, words } = request;
  const notice = (text: string) => noticeModal(words, words.review.title, text);
  const key = readReviewKey(view.private_metadata);
  const outcome = await startReviewed(request, key);
  if (isOutdated(outcome)) {
    const reading = importProgressModal(words, null);
    const afterwards = () => showReviewNow(slack, key.batchId);
    return { ack: { response_action: 'update', view: reading }, afterwards };
  }
  const why = whyNotStarted(words, outcome);
  return why === null ? {} : { ack: { response_action: 'update', view: notice(why) } };
}
