import { getBatchView } from '../../batches/views/get-batch-view';
import type { SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { statusReply } from '../blocks/messages/status-reply';
import { updateStatusMessage } from '../posts/update-status-message';
import { toShownBatches } from '../store/shown-batches';
import type { Click } from './bolt-listeners';
import type { RequestContext } from './request-context';

/**
 * The button was drawn from an earlier state of a batch, and nothing was done. The status message shows the present one, and
 * so does the reply that has the button, where the person alone sees that. Returns the words for the person.
 */
export async function answerOutdated(
  { slack, actor, reader, words }: RequestContext,
  { message, replace }: Click,
  batchId: string,
): Promise<SlackMessage> {
  // Where the workspace's edits are used up for now, the job of the change itself follows.
  await updateStatusMessage(slack, batchId);
  const view = message?.isEphemeral ? await getBatchView(slack.app, actor, batchId) : null;
  const [summary] = view ? await toShownBatches(slack.app, actor, [view.summary]) : [];
  if (view && summary) await replace(statusReply(reader, { summary, insights: view.insights }));
  return plainReply(words.replies.outdated);
}
