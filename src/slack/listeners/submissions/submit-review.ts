import type { ViewOutput } from '@slack/bolt';
import { readReviewKey } from '../../blocks/messages/review-message';
import { noticeModal } from '../../blocks/modals/notice';
import { readingModal } from '../../blocks/modals/reading';
import { showReview } from '../../posts/show-review';
import type { FormReply } from '../bolt-listeners';
import { refusal, type Visit } from '../request';
import { isOutdated, startReviewed, whyNotStarted } from '../start-reviewed';

/** Send. The second click, the repeated delivery and the second person find the batch started: the window closes. */
export async function submitReview(visit: Visit, view: ViewOutput): Promise<FormReply> {
  const { post, words } = visit;
  const refused = refusal(visit, 'send');
  const notice = (text: string) => noticeModal(words, words.review.title, text);
  if (refused) return { ack: { response_action: 'update', view: notice(refused.text) } };
  const key = readReviewKey(view.private_metadata);
  const outcome = await startReviewed(visit, key);
  if (isOutdated(outcome)) {
    const reading = readingModal(words, null);
    const afterwards = () => showReview(post, key.batchId);
    return { ack: { response_action: 'update', view: reading }, afterwards };
  }
  const why = whyNotStarted(words, outcome);
  return why === null ? {} : { ack: { response_action: 'update', view: notice(why) } };
}
