import type { BatchSummary } from '../batches/batch';
import { getBatchMessage } from '../batches/get-batch-message';
import { getBatchSummary } from '../batches/get-batch-summary';
import { recordNotified } from '../batches/record-shown';
import { getTenant } from '../tenants/tenant';
import { asApiBlocks } from './block-kit';
import { isDirect } from './messages/batch-message';
import { completionNotice } from './messages/completion-notice';
import type { Again } from './show-batch-message';
import { isChannelLost, slackFaultOf } from './slack-fault';
import type { SlackPost } from './slack-post';
import { wordsFor } from './words/words-for';

/**
 * Tells the sender, once, that a batch is complete: in the thread of its message and in the channel, since an
 * edited message notifies nobody; by direct message where the channel is lost. A post whose answer was lost counts
 * as told: a second notice would be the greater evil, the message in the channel says the same.
 */
export async function announceCompletion(post: SlackPost, batchId: string): Promise<Again> {
  const shown = await getBatchMessage(post.heart, batchId);
  if (!shown || shown.notifiedAt) return {};
  const summary = await getBatchSummary(post.heart, { tenantId: shown.tenantId, batchId });
  const tenant = await getTenant(post.heart.db, shown.tenantId);
  if (summary?.status !== 'completed' || !tenant) return {};
  try {
    await tell(post, summary, tenant.locale);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { againInMs: fault.retryAfterMs };
    if (fault?.kind !== 'unclear' && !(fault && isChannelLost(fault))) throw error;
    post.log.warn({ err: error, batchId }, 'the completion notice may not have been posted');
  }
  await recordNotified(post.heart, batchId);
  return {};
}

async function tell(post: SlackPost, summary: BatchSummary, locale: string): Promise<void> {
  const { text, blocks } = completionNotice(wordsFor(locale), summary);
  const notice = { text, blocks: asApiBlocks(blocks), unfurl_links: false, unfurl_media: false };
  const channel = summary.slackChannelId;
  try {
    const { slackMessageTs: ts } = summary;
    if (!ts) await post.poster.chat.postMessage({ ...notice, channel });
    else if (isDirect(channel)) await post.poster.chat.postMessage({ ...notice, channel, thread_ts: ts });
    else await post.poster.chat.postMessage({ ...notice, channel, thread_ts: ts, reply_broadcast: true });
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(channel)) throw error;
    const direct = await post.client.conversations.open({ users: summary.sender.slackUserId });
    await post.poster.chat.postMessage({ ...notice, channel: direct.channel?.id as string });
  }
}
