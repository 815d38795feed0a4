import { getBatchSummary } from '../../../batches/views/get-batch-summary';
import { listUncertainExamples } from '../../../batches/views/list-uncertain-examples';
import type { Message } from '../../blocks/block-kit';
import { attentionNotice } from '../../blocks/messages/alert';
import { plainAnswer } from '../../blocks/messages/replies';
import type { Click } from '../bolt-listeners';
import { refusal, type Visit } from '../request';

/** The question about who stays uncertain, once more, for whoever may answer it. */
export async function resolveUncertain(visit: Visit, click: Click): Promise<Message> {
  const { post, tenantId, words } = visit;
  const batch = await getBatchSummary(post.heart, { tenantId, batchId: click.value });
  if (!batch) return plainAnswer(words.review.gone);
  const refused = refusal(visit, 'cancel', batch);
  if (refused) return refused;
  if (!batch.awaitsDecision) return plainAnswer(words.answers.nobodyUncertain);
  const examples = await listUncertainExamples(post.heart, batch);
  return attentionNotice(words, batch, 'uncertain', examples);
}
