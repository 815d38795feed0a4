import { listBatches } from '../../../batches/views/get-batch-summary';
import type { Message } from '../../blocks/block-kit';
import { listAnswer, plainAnswer } from '../../blocks/messages/replies';
import { refusal, type Visit } from '../request';

const LISTED = 10;

/** `/sms list`: the workspace's latest batches. */
export async function showList(visit: Visit): Promise<Message> {
  const refused = refusal(visit, 'view');
  if (refused) return refused;
  const { post, tenantId, words } = visit;
  const batches = await listBatches(post.heart, { tenantId, limit: LISTED });
  if (batches.length === 0) return plainAnswer(words.answers.noBatches(post.settings.command));
  const { workspaceUrl } = await post.identity();
  return listAnswer(visit.reader, batches, workspaceUrl);
}
