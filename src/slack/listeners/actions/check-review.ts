import { getReview } from '../../../batches/views/get-review';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { showReviewNow } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** *Check again*, after the bot was invited to the channel: shows the review anew. */
export async function checkReview(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  if (!(await getReview(slack.app, actor, click.value))) return plainReply(words.review.gone);
  await showReviewNow(slack, click.value);
  return null;
}
