import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import { showReviewNow } from '../../posts/show-review';
import { getShownBatch } from '../../store/shown-batches';
import type { Click } from '../bolt-listeners';
import { replaceClicked } from '../replace-clicked';
import type { RequestContext } from '../request-context';
import { isOutdated, startReviewed, whyNotStarted } from '../start-reviewed';

/** *Send* in the direct message. The message is replaced by what has happened. */
export async function sendReview(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const key = readReviewKey(click.value);
  const outcome = await startReviewed(request, key);
  const why = whyNotStarted(words, outcome);
  if (why !== null && isOutdated(outcome)) {
    await showReviewNow(slack, key.batchId);
    return plainReply(why);
  }
  const batch = await getShownBatch(slack.app, actor, key.batchId);
  const started = words.review.started(batch?.counts.total ?? 0, `<#${batch?.channelId}>`);
  return replaceClicked(request, click, plainReply(why ?? started));
}
