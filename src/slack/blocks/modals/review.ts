import type { Words } from '../../../words/en';
import { asApiBlocks, type ModalView, plain } from '../block-kit';
import { CALLBACKS } from '../ids';
import type { ReviewKey } from '../messages/review-message';
import { maySendReview, type ReviewView, reviewBlocks } from '../parts/review-blocks';

/**
 * The last step before sending. Its button says how many texts; there is none if the bot cannot write in the
 * channel.
 */
export function reviewModal(words: Words, view: ReviewView): ModalView {
  const { review } = view;
  const key: ReviewKey = { batchId: review.batchId, version: review.version };
  return {
    type: 'modal',
    callback_id: CALLBACKS.review,
    private_metadata: JSON.stringify(key),
    notify_on_close: true,
    title: plain(words.review.title),
    close: plain(review.accepted > 0 ? words.review.close : words.compose.close),
    ...(maySendReview(view) ? { submit: plain(words.review.submit(review.accepted)) } : {}),
    blocks: asApiBlocks(reviewBlocks(words, view)),
  };
}
