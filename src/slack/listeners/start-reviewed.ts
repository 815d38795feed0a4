import { type StartOutcome, startBatch } from '../../batches/control/start-batch';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import type { Words } from '../../words/en';
import type { ReviewKey } from '../blocks/messages/review-message';
import { isUsable } from '../blocks/parts/review-blocks';
import { checkChannelAccess } from '../client/channel-access';
import type { RequestContext } from './request';

/** `no_place`: the report cannot go where it should any more; a new review says why. */
type ReviewedOutcome = StartOutcome | { kind: 'no_place' };

/**
 * A person says yes to what a review showed, in the modal or in the direct message. The channel is asked about once
 * more: since the review it may have been shared with strangers, archived, or closed to the bot. Where Slack does not
 * answer within the time that a person waits, what the review found holds.
 */
export async function startReviewed(request: RequestContext, key: ReviewKey): Promise<ReviewedOutcome> {
  const { slack, tenantId, person } = request;
  const summary = await getBatchSummary(slack.app, { tenantId, batchId: key.batchId });
  if (summary?.status === 'ready') {
    const access = await checkChannelAccess(slack.opener, summary.slackChannelId);
    if (!isUsable(access)) return { kind: 'no_place' };
  }
  return startBatch(slack.app, { tenantId, userId: person.id, ...key });
}

/** Whether the review that was answered holds no longer, and is to be shown anew. */
export const isOutdated = ({ kind }: ReviewedOutcome) => kind === 'outdated' || kind === 'no_place';

/** What to say where Send did not start anything; null where the batch is on its way. */
export function whyNotStarted(words: Words, outcome: ReviewedOutcome): string | null {
  switch (outcome.kind) {
    case 'started':
    case 'already_started':
      return null;
    case 'no_place':
      return words.review.noPlace;
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
