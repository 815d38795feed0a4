import { getReview } from '../../../batches/views/get-review';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { showReview } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';

/** *Check again*, after the bot was invited: the review is shown anew. */
export async function checkReview(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'send');
  if (refused) return refused;
  const { post, tenantId, words } = visit;
  if (!(await getReview(post.heart, { tenantId, batchId: click.value })))
    return plainAnswer(words.review.gone);
  await showReview(post, click.value);
  return null;
}
