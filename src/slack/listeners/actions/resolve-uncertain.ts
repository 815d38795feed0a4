import { getBatchSummary } from '../../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../../batches/views/list-uncertain-examples';
import type { SlackMessage } from '../../blocks/block-kit';
import { readBatchValue } from '../../blocks/ids';
import { alertMessage } from '../../blocks/messages/alert';
import { plainReply } from '../../blocks/messages/replies';
import { answerOutdated } from '../answer-outdated';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** Shows the question about uncertain recipients again, to a person who may decide it. */
export async function resolveUncertain(request: RequestContext, click: Click): Promise<SlackMessage> {
  const { slack, actor, words } = request;
  const { batchId, round } = readBatchValue(click.value);
  const examples = await listUncertainExamples(slack.app, actor, batchId);
  const batch = await getBatchSummary(slack.app, actor, batchId);
  if (batch?.sight !== 'all') return plainReply(words.review.gone);
  if ((round ?? batch.round) !== batch.round) return answerOutdated(request, click, batchId);
  if (!batch.awaitsDecision) return plainReply(words.replies.nobodyUncertain);
  return alertMessage(words, batch, 'uncertain', examples);
}
