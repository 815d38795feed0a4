import type { BatchSummary } from '../../batches/batch';
import { getTenant } from '../../tenants/tenant';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { slackFaultOf } from '../client/slack-fault';
import type { RequestContext } from './request';

/**
 * Says in a batch's thread, in the workspace's language, what somebody has done to it. Where the thread
 * cannot be written in, answers with the same for the person alone.
 */
export async function replyInThread(
  { slack, tenantId, words }: RequestContext,
  batch: BatchSummary,
  say: (words: Words) => string,
): Promise<SlackMessage | null> {
  if (!batch.slackMessageTs) return plainReply(say(words));
  const tenant = await getTenant(slack.app.db, tenantId);
  try {
    const thread = { channel: batch.slackChannelId, thread_ts: batch.slackMessageTs };
    await slack.poster.chat.postMessage({ ...thread, text: say(wordsFor(tenant?.locale ?? '')) });
    return null;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return plainReply(say(words));
  }
}
