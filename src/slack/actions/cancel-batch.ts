import type { BatchSummary } from '../../batches/batch';
import { cancelBatch } from '../../batches/cancel-batch';
import { getBatchSummary } from '../../batches/get-batch-summary';
import { getTenant } from '../../tenants/tenant';
import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { slackFaultOf } from '../slack-fault';
import type { Words } from '../words/en';
import { wordsFor } from '../words/words-for';

/** Calls back what has not left, and says in the thread who did so and how many had already gone. */
export async function cancel(visit: Visit, click: Click): Promise<Message | null> {
  const { post, tenantId, person, words } = visit;
  const batchId = click.value;
  const batch = await getBatchSummary(post.heart, { tenantId, batchId });
  if (!batch) return plainAnswer(words.review.gone);
  const refused = refusal(visit, 'cancel', batch);
  if (refused) return refused;
  const outcome = await cancelBatch(post.heart, { tenantId, userId: person.id, batchId });
  if (outcome.kind === 'not_found') return plainAnswer(words.review.gone);
  if (outcome.kind === 'too_late') return plainAnswer(words.answers.cancelTooLate(outcome.alreadyGone));
  const inWords = ({ answers }: Words) =>
    answers.cancelled(`<@${person.slackUserId}>`, outcome.cancelled, outcome.alreadyGone);
  const tenant = await getTenant(post.heart.db, tenantId);
  const told = await tellThread(visit, batch, inWords(wordsFor(tenant?.locale ?? '')));
  return told ? null : plainAnswer(inWords(words));
}

/** False where the thread cannot be written in: then the person is told alone. */
async function tellThread({ post }: Visit, batch: BatchSummary, text: string): Promise<boolean> {
  if (!batch.slackMessageTs) return false;
  try {
    const thread = { channel: batch.slackChannelId, thread_ts: batch.slackMessageTs };
    await post.poster.chat.postMessage({ ...thread, text });
    return true;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return false;
  }
}
