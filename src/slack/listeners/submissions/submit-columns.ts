import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { changeReading } from '../../../batches/importing/change-reading';
import type { ReadingChoice } from '../../../recipients/recipient';
import { readCarried } from '../../blocks/carried';
import { ACTIONS, readColumnBlock } from '../../blocks/ids';
import type { ColumnsKey } from '../../blocks/modals/columns';
import { importProgressModal } from '../../blocks/modals/import-progress';
import { noticeModal } from '../../blocks/modals/notice';
import { readColumnValue } from '../../blocks/parts/column-options';
import { showReviewNow } from '../../posts/show-review';
import { findSlackBatch } from '../../store/slack-batches.sql';
import type { FormReply } from '../form-listeners';
import type { RequestContext } from '../request-context';
import { whyNoReview } from '../why-no-review';

/**
 * Stores the chosen columns. The list is read again; its progress is shown where the review will be. Where nobody waits
 * for columns any more, shows the review or what has become of the draft.
 */
export async function submitColumns(request: RequestContext, view: ViewOutput): Promise<FormReply> {
  const { slack, actor, words } = request;
  const { batchId } = readCarried<ColumnsKey>(view.private_metadata, z.object({ batchId: z.string() }));
  const { changes, errors } = readColumns(view, words.columns.missing);
  if (Object.keys(errors).length > 0) return { ack: { response_action: 'errors', errors } };
  const isSet = await changeReading(slack.app, actor, { batchId, changes });
  const why = isSet ? null : await whyNoReview(request, batchId);
  if (why !== null) {
    return { ack: { response_action: 'update', view: noticeModal(words, words.columns.title, why) } };
  }
  const shown = await findSlackBatch(slack.app.db, batchId);
  const afterwards = () => showReviewNow(slack, batchId);
  if (shown?.reviewMessageTs) return { afterwards };
  return { ack: { response_action: 'update', view: importProgressModal(words, null) }, afterwards };
}

function readColumns(view: ViewOutput, missing: string) {
  const changes: { source: number; choice: ReadingChoice }[] = [];
  const errors: Record<string, string> = {};
  for (const [block, inputs] of Object.entries(view.state.values)) {
    const chosen = inputs[ACTIONS.value]?.selected_option?.value;
    if (chosen === undefined) errors[block] = missing;
    else changes.push({ source: readColumnBlock(block), choice: readColumnValue(chosen) });
  }
  return { changes, errors };
}
