import { getBatchDetails } from '../../../batches/views/get-batch-details';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { DETAILS_PAGE_SIZE, detailsModal } from '../../blocks/modals/details';
import type { Click } from '../bolt-listeners';
import { openModal } from '../open-modal';
import type { RequestContext } from '../request-context';

/** *Details*: opens the first page of all recipients. */
export async function showDetails(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words, reader } = request;
  const firstPage = { filter: 'all', search: '', page: 1, pageSize: DETAILS_PAGE_SIZE } as const;
  const details = await getBatchDetails(slack.app, actor, { batchId: click.value, ...firstPage });
  if (!details) return plainReply(words.review.gone);
  return openModal(request, click.triggerId, detailsModal(reader, details));
}
