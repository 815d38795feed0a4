import type { BatchSummary } from '../batches/batch';
import { asApiBlocks, type Message } from './block-kit';
import { isDirect } from './messages/batch-message';
import { isChannelLost, type SlackFault, slackFaultOf } from './slack-fault';
import type { SlackPost } from './slack-post';

export type Told = { kind: 'told' } | { kind: 'later'; againInMs: number };

/**
 * One new message about a batch, in the thread of its report and in the channel; by direct message where the
 * channel is lost. A post whose answer was lost counts as told: a second notice would be the greater
 * evil, the report says the same. Throws what a later attempt may mend.
 */
export async function tellChannel(post: SlackPost, batch: BatchSummary, message: Message): Promise<Told> {
  try {
    await postNotice(post, batch, message);
    return { kind: 'told' };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { kind: 'later', againInMs: fault.retryAfterMs };
    if (!fault || !isAsGoodAsTold(fault)) throw error;
    post.log.warn({ err: error, batchId: batch.id }, 'a notice may not have been posted');
    return { kind: 'told' };
  }
}

/** Posted perhaps, or with nobody left to read it. */
const isAsGoodAsTold = (fault: SlackFault) => fault.kind === 'unclear' || isChannelLost(fault);

async function postNotice(post: SlackPost, batch: BatchSummary, message: Message): Promise<void> {
  const { slackChannelId: channel, slackMessageTs: ts } = batch;
  const notice = {
    text: message.text,
    blocks: asApiBlocks(message.blocks),
    unfurl_links: false,
    unfurl_media: false,
  };
  try {
    if (!ts) await post.poster.chat.postMessage({ ...notice, channel });
    else if (isDirect(channel)) await post.poster.chat.postMessage({ ...notice, channel, thread_ts: ts });
    else await post.poster.chat.postMessage({ ...notice, channel, thread_ts: ts, reply_broadcast: true });
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(channel)) throw error;
    const direct = await post.client.conversations.open({ users: batch.sender.slackUserId });
    await post.poster.chat.postMessage({ ...notice, channel: direct.channel?.id as string });
  }
}
