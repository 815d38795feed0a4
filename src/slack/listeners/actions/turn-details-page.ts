import { getBatchDetails } from '../../../batches/views/get-batch-details';
import type { Message } from '../../blocks/block-kit';
import { DETAILS_PAGE_SIZE, detailsModal, readPage } from '../../blocks/modals/details';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';

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
