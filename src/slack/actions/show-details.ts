import { getBatchDetails } from '../../batches/get-batch-details';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { DETAILS_PAGE_SIZE, detailsModal } from '../modals/details';
import { openModal } from '../open-modal';

export async function showDetails(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'details');
  if (refused) return refused;
  const { post, tenantId, words } = visit;
  const batchId = click.value;
  const first = { tenantId, batchId, page: 1, pageSize: DETAILS_PAGE_SIZE };
  const details = await getBatchDetails(post.heart, first);
  if (!details) return plainAnswer(words.review.gone);
  return openModal(visit, click.triggerId, detailsModal(words, details));
}
