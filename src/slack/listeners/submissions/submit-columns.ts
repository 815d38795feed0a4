import type { ViewOutput } from '@slack/bolt';
import { setPhoneColumns } from '../../../batches/importing/set-phone-columns';
import { getBatchPosts } from '../../../batches/outbox/get-batch-posts';
import { ACTIONS, readColumnBlock } from '../../blocks/ids';
import type { ColumnsKey } from '../../blocks/modals/columns';
import { importProgressModal } from '../../blocks/modals/import-progress';
import { noticeModal } from '../../blocks/modals/notice';
import { showReview } from '../../posts/show-review';
import type { FormReply } from '../bolt-listeners';
import { type RequestContext, refusal } from '../request-context';

/** Stores the chosen columns. The list is read again; its progress is shown where the review will be. */
export async function submitColumns(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, tenantId, words } = request;
  const refused = refusal(request, 'send');
  if (refused) {
    return { ack: { response_action: 'push', view: noticeModal(words, words.errors.title, refused.text) } };
  }
  const { batchId } = JSON.parse(view.private_metadata) as ColumnsKey;
  const { columns, errors } = readColumns(view, words.columns.missing);
  if (Object.keys(errors).length > 0) return { ack: { response_action: 'errors', errors } };
  await setPhoneColumns(slack.app, { tenantId, batchId, columns });
  const shown = await getBatchPosts(slack.app, batchId);
  if (shown?.reviewMessageTs) return { afterwards: () => showReview(slack, batchId) };
  return { ack: { response_action: 'update', view: importProgressModal(words, null) } };
}

function readColumns(view: ViewOutput, missing: string) {
  const columns: { source: number; column: number }[] = [];
  const errors: Record<string, string> = {};
  for (const [block, inputs] of Object.entries(view.state.values)) {
    const chosen = inputs[ACTIONS.value]?.selected_option?.value;
    if (chosen === undefined) errors[block] = missing;
    else columns.push({ source: readColumnBlock(block), column: Number(chosen) });
  }
  return { columns, errors };
}
