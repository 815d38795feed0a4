import { getBatchDetails } from '../../batches/get-batch-details';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { DETAILS_PAGE_SIZE, detailsModal, readPage } from '../modals/details';

/** Another page in the same window. */
export async function turnDetailsPage(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'details');
  if (refused || !click.viewId) return refused;
  const { post, tenantId, reader } = visit;
  const asked = { tenantId, ...readPage(click.value), pageSize: DETAILS_PAGE_SIZE };
  const details = await getBatchDetails(post.heart, asked);
  if (details) {
    await post.opener.views.update({ view_id: click.viewId, view: detailsModal(reader, details) });
  }
  return null;
}
