import { listBatches } from '../../../batches/views/get-batch-summary';
import type { SlackMessage } from '../../blocks/block-kit';
import { batchListReply, plainReply } from '../../blocks/messages/replies';
import { type RequestContext, refusal } from '../request-context';

const LISTED = 10;

/** `/sms list`: the workspace's latest batches. */
export async function showList(request: RequestContext): Promise<SlackMessage> {
  const refused = refusal(request, 'view');
  if (refused) return refused;
  const { slack, tenantId, words } = request;
  const batches = await listBatches(slack.app, { tenantId, limit: LISTED });
  if (batches.length === 0) return plainReply(words.replies.noBatches(slack.settings.command));
  const { workspaceUrl } = await slack.identity();
  return batchListReply(request.reader, batches, workspaceUrl);
}
