import { getReview } from '../../../batches/views/get-review';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { columnsModal } from '../../blocks/modals/columns';
import { showReviewNow } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { openModal } from '../open-modal';
import type { RequestContext } from '../request-context';

/** Opens the question about columns from the direct message. If it is answered already, shows the review. */
export async function openColumns(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const review = await getReview(slack.app, actor, click.value);
  if (!review) return plainReply(words.review.gone);
  if (review.columnQuestions.length > 0) {
    return openModal(request, click.triggerId, columnsModal(words, review.batchId, review.columnQuestions));
  }
  await showReviewNow(slack, click.value);
  return null;
}
