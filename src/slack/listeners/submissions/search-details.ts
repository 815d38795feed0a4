import type { ViewOutput } from '@slack/bolt';
import { DETAIL_FILTERS } from '../../../batches/views/batch-details';
import { getBatchDetails } from '../../../batches/views/get-batch-details';
import { readSearch } from '../../../batches/views/read-search';
import { ACTIONS, BLOCKS } from '../../blocks/ids';
import { DETAILS_PAGE_SIZE, detailsModal } from '../../blocks/modals/details';
import { noticeModal } from '../../blocks/modals/notice';
import type { FormReply } from '../form-listeners';
import type { RequestContext } from '../request-context';

/** *Show* in the details: shows the result of the filter and search in the same modal. */
export async function searchDetails(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, actor, words, reader } = request;
  const { values } = view.state;
  const chosen = values[BLOCKS.detailsFilter]?.[ACTIONS.value]?.selected_option?.value;
  const filter = DETAIL_FILTERS.find((one) => one === chosen) ?? 'all';
  const search = values[BLOCKS.detailsSearch]?.[ACTIONS.value]?.value?.trim() ?? '';
  if (readSearch(search, null) === null) {
    const errors = { [BLOCKS.detailsSearch]: words.details.tooFewDigits };
    return { ack: { response_action: 'errors', errors } };
  }
  const key = { batchId: view.private_metadata, filter, search, page: 1 };
  const details = await getBatchDetails(slack.app, actor, { ...key, pageSize: DETAILS_PAGE_SIZE });
  const shown = details
    ? detailsModal(reader, details)
    : noticeModal(words, words.errors.title, words.review.gone);
  return { ack: { response_action: 'update', view: shown } };
}
