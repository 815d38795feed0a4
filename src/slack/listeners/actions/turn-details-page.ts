import { getBatchDetails } from '../../../batches/views/get-batch-details';
import type { SlackMessage } from '../../blocks/block-kit';
import { DETAILS_PAGE_SIZE, detailsModal, readPage } from '../../blocks/modals/details';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Shows another page of the details in the same modal. */
export async function turnDetailsPage(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  if (!click.viewId) return null;
  const { slack, actor, reader } = request;
  const query = { ...readPage(click.value), pageSize: DETAILS_PAGE_SIZE };
  const details = await getBatchDetails(slack.app, actor, query);
  if (details) {
    await slack.opener.views.update({ view_id: click.viewId, view: detailsModal(reader, details) });
  }
  return null;
}
