import type { BatchSummary } from '../../batches/batch';
import { getOpenPosting } from '../../batches/outbox/pending-posts';
import type { Message } from '../blocks/block-kit';
import { isDirect } from '../blocks/messages/status-message';
import { openDirect } from '../client/open-direct-message';
import { type Place, type Posted, postOnce } from '../client/post-once';
import type { SlackPost } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';

/** The report may stand there already, and is looked for: this belongs into its thread. */
const ASK_AGAIN_MS = 1_000;

export type Told = { kind: 'told' } | { kind: 'later'; againInMs: number };

/**
 * One new message about a batch, in the thread of its report and in the channel; by direct message where the
 * channel is lost. Where nobody is left to read it, it counts as told. Throws what a later attempt may mend.
 */
export async function tellChannel(
  post: SlackPost,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: Message,
): Promise<Told> {
  const isReportSought =
    !batch.slackMessageTs && (await getOpenPosting(post.heart, { batchId: batch.id, kind: 'report' }));
  if (isReportSought) return { kind: 'later', againInMs: ASK_AGAIN_MS };
  try {
    const posted = await postNotice(post, batch, kind, message);
    return posted.kind === 'later' ? posted : { kind: 'told' };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { kind: 'later', againInMs: fault.retryAfterMs };
    if (!fault || !isChannelLost(fault)) throw error;
    post.log.warn({ err: error, batchId: batch.id }, 'nobody is left to read a notice');
    return { kind: 'told' };
  }
}

async function postNotice(
  post: SlackPost,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: Message,
): Promise<Posted> {
  const of = { batchId: batch.id, kind };
  try {
    return await postOnce(post, of, placeOf(batch), message);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(batch.slackChannelId)) throw error;
    const channel = await openDirect(post, batch.sender.slackUserId);
    return postOnce(post, of, { channel }, message);
  }
}

function placeOf({ slackChannelId: channel, slackMessageTs: ts }: BatchSummary): Place {
  if (!ts) return { channel };
  return isDirect(channel) ? { channel, thread_ts: ts } : { channel, thread_ts: ts, reply_broadcast: true };
}
