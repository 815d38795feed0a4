import { getReview } from '../../../batches/views/get-review';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { showReview } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { type RequestContext, refusal } from '../request';

/** *Check again*, after the bot was invited: the review is shown anew. */
export async function checkReview(request: RequestContext, click: Click): Promise<Message | null> {
  const refused = refusal(request, 'send');
  if (refused) return refused;
  const { slack, tenantId, words } = request;
  if (!(await getReview(slack.app, { tenantId, batchId: click.value })))
    return plainAnswer(words.review.gone);
  await showReview(slack, click.value);
  return null;
}
