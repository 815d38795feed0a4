import type { BatchSummary } from '../batches/batch';
import { getTenant } from '../tenants/tenant';
import type { Message } from './block-kit';
import type { Visit } from './desk';
import { plainAnswer } from './messages/answers';
import { slackFaultOf } from './slack-fault';
import type { Words } from './words/en';
import { wordsFor } from './words/words-for';

/**
 * Says in a batch's thread, in the workspace's language, what somebody has done to it. Where the thread
 * cannot be written in, answers with the same for the person alone.
 */
export async function tellThread(
  { post, tenantId, words }: Visit,
  batch: BatchSummary,
  say: (words: Words) => string,
): Promise<Message | null> {
  if (!batch.slackMessageTs) return plainAnswer(say(words));
  const tenant = await getTenant(post.heart.db, tenantId);
  try {
    const thread = { channel: batch.slackChannelId, thread_ts: batch.slackMessageTs };
    await post.poster.chat.postMessage({ ...thread, text: say(wordsFor(tenant?.locale ?? '')) });
    return null;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return plainAnswer(say(words));
  }
}
