import { getBatchDetails } from '../../batches/get-batch-details';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { DETAILS_PAGE_SIZE, detailsModal } from '../modals/details';
import { openModal } from '../open-modal';

/** *Details*: everybody, from the first page. */
export async function showDetails(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'details');
  if (refused) return refused;
  const { post, tenantId, words, reader } = visit;
  const everybody = { filter: 'all', search: '', page: 1, pageSize: DETAILS_PAGE_SIZE } as const;
  const details = await getBatchDetails(post.heart, { tenantId, batchId: click.value, ...everybody });
  if (!details) return plainAnswer(words.review.gone);
  return openModal(visit, click.triggerId, detailsModal(reader, details));
}
