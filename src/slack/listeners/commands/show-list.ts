import { listBatches } from '../../../batches/views/get-batch-summary';
import type { SlackMessage } from '../../blocks/block-kit';
import { batchListReply, plainReply } from '../../blocks/messages/replies';
import { toShownBatches } from '../../store/shown-batches';
import type { RequestContext } from '../request-context';

const LISTED = 10;

/** `/sms list`: the workspace's latest batches. */
export async function showList(request: RequestContext): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  const batches = await toShownBatches(slack.app, actor, await listBatches(slack.app, actor, LISTED));
  if (batches.length === 0) return plainReply(words.replies.noBatches(slack.settings.command));
  const { workspaceUrl } = slack.workspace;
  return batchListReply(request.reader, batches, workspaceUrl);
}
