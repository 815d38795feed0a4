import { type StartOutcome, startBatch } from '../../batches/control/start-batch';
import type { Words } from '../../words/en';
import type { ReviewKey } from '../blocks/messages/review-message';
import { isUsable } from '../blocks/parts/review-blocks';
import { checkChannelAccess } from '../client/channel-access';
import { getShownBatch } from '../store/shown-batches';
import type { RequestContext } from './request-context';

/** `no_channel`: the bot cannot write in the channel any more; a new review says why. */
type ReviewedOutcome = StartOutcome | { kind: 'no_channel' };

/** With the question who the person is (ask-person.ts), less than the 3 s that Slack waits for the answer to a form. */
const CHANNEL_WITHIN_MS = 1_000;

/**
 * Starts a batch after *Send*, in the modal or in the direct message. Checks the channel once more: since the
 * review it may have been archived, closed to the bot, or shared with another organisation. If Slack does not
 * answer within the time that a person waits, the result of the review counts.
 */
export async function startReviewed(request: RequestContext, key: ReviewKey): Promise<ReviewedOutcome> {
  const { slack, actor } = request;
  const summary = await getShownBatch(slack.app, actor, key.batchId);
  if (summary?.status === 'ready' && summary.channelId) {
    const access = await checkChannelAccess(slack.opener, summary.channelId, CHANNEL_WITHIN_MS);
    if (!isUsable(access)) return { kind: 'no_channel' };
  }
  return startBatch(slack.app, actor, key);
}

/** Whether the review that the person saw is out of date and must be shown anew. */
export const isOutdated = ({ kind }: ReviewedOutcome) => kind === 'outdated' || kind === 'no_channel';

/** Why *Send* did not start the batch, as text; null if the batch is started. */
export function whyNotStarted(words: Words, outcome: ReviewedOutcome): string | null {
  switch (outcome.kind) {
    case 'started':
    case 'already_started':
      return null;
    case 'no_channel':
      return words.review.channelLost;
    case 'outdated':
      return words.review.outdated;
    case 'nothing_to_send':
      return words.review.nothingNext;
    case 'expired':
      return words.openDraft.hasExpired;
    case 'discarded':
      return words.review.discarded;
    case 'not_found':
      return words.review.gone;
  }
}
