import { getReview } from '../../../batches/views/get-review';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { showReviewNow } from '../../posts/show-review';
import { findSlackBatch, moveReviewToModal } from '../../store/slack-batches.sql';
import type { Click } from '../bolt-listeners';
import { replaceReview } from '../replace-review';
import type { RequestContext } from '../request-context';
import { whyNoReview } from '../why-no-review';

/**
 * *Continue the draft*: the question becomes the review of the open draft, or what its list is at. The review in the direct
 * message says that it goes on here.
 */
export async function continueDraft(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const { value: batchId, viewId } = click;
  if (!viewId) return null;
  const review = await getReview(slack.app, actor, batchId);
  const former = review && (await findSlackBatch(slack.app.db, batchId));
  const why = await whyNoReview(request, batchId);
  if (!former || why !== null) return plainReply(why ?? words.review.gone);
  await moveReviewToModal(slack.app.db, { batchId, viewId });
  await replaceReview(request, former, words.openDraft.movedToWindow);
  await showReviewNow(slack, batchId);
  return null;
}
