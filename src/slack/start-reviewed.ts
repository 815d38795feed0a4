import { type StartOutcome, startBatch } from '../batches/start-batch';
import type { Visit } from './desk';
import type { ReviewKey } from './messages/review-message';
import type { Words } from './words/en';

/** A person says yes to what a review showed, in the modal or in the direct message. */
export function startReviewed({ post, tenantId, person }: Visit, key: ReviewKey): Promise<StartOutcome> {
  return startBatch(post.heart, { tenantId, userId: person.id, ...key });
}

/** What to say where Send did not start anything; null where the batch is on its way. */
export function whyNotStarted(words: Words, outcome: StartOutcome): string | null {
  switch (outcome.kind) {
    case 'started':
    case 'already_started':
      return null;
    case 'outdated':
      return words.review.outdated;
    case 'nothing_to_send':
      return words.review.nothingNext;
    case 'discarded':
      return words.review.discarded;
    case 'not_found':
      return words.review.gone;
  }
}
