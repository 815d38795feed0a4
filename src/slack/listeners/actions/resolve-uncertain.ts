import { getBatchSummary } from '../../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../../batches/views/list-uncertain-examples';
import type { SlackMessage } from '../../blocks/block-kit';
import { alertMessage } from '../../blocks/messages/alert';
import { plainReply } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Shows the question about uncertain recipients again, to a person who may decide it. */
export async function resolveUncertain(request: RequestContext, click: Click): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  const examples = await listUncertainExamples(slack.app, actor, click.value);
  const batch = await getBatchSummary(slack.app, actor, click.value);
  if (batch?.sight !== 'all') return plainReply(words.review.gone);
  if (!batch.awaitsDecision) return plainReply(words.replies.nobodyUncertain);
  return alertMessage(words, batch, 'uncertain', examples);
}
