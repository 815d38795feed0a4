import { listBatches } from '../../../batches/views/get-batch-summary';
import type { Message } from '../../blocks/block-kit';
import { listAnswer, plainAnswer } from '../../blocks/messages/replies';
import { type RequestContext, refusal } from '../request';

const LISTED = 10;

/** `/sms list`: the workspace's latest batches. */
export async function showList(request: RequestContext): Promise<Message> {
  const refused = refusal(request, 'view');
  if (refused) return refused;
  const { slack, tenantId, words } = request;
  const batches = await listBatches(slack.app, { tenantId, limit: LISTED });
  if (batches.length === 0) return plainAnswer(words.answers.noBatches(slack.settings.command));
  const { workspaceUrl } = await slack.identity();
  return listAnswer(request.reader, batches, workspaceUrl);
}
