import { getReview } from '../../batches/get-review';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { showReview } from '../show-review';

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
