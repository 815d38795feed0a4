import { getTenant } from '../../tenants/tenant';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import { AS_WRITTEN, type SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import type { SlackLocation } from '../blocks/parts/shown-batch';
import { slackFaultOf } from '../client/slack-fault';
import type { RequestContext } from './request-context';

/**
 * Posts in a batch's thread, in the workspace's language, what somebody has done to it. Returns null; if the
 * bot cannot write in the thread, returns the same text as a reply for the person alone.
 */
export async function replyInThread(
  { slack, tenantId, words }: RequestContext,
  batch: SlackLocation,
  textIn: (words: Words) => string,
): Promise<SlackMessage | null> {
  if (!batch.channelId || !batch.messageTs) return plainReply(textIn(words));
  const tenant = await getTenant(slack.app.db, tenantId);
  try {
    const thread = { channel: batch.channelId, thread_ts: batch.messageTs };
    const text = textIn(wordsFor(tenant?.locale ?? ''));
    await slack.poster.chat.postMessage({ ...thread, text, ...AS_WRITTEN });
    return null;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    return plainReply(textIn(words));
  }
}
