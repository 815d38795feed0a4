import { getBatchDetails } from '../../../batches/views/get-batch-details';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { DETAILS_PAGE_SIZE, detailsModal } from '../../blocks/modals/details';
import type { Click } from '../bolt-listeners';
import { openModal } from '../open-modal';
import { refusal, type Visit } from '../request';

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
