import type { BatchSummary } from '../../batches/batch';
import { getPendingPost } from '../../batches/outbox/pending-posts';
import type { Message } from '../blocks/block-kit';
import { isDirect } from '../blocks/messages/status-message';
import { openDirectMessage } from '../client/open-direct-message';
import { type Place, type Posted, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';

/** The report may stand there already, and is looked for: this belongs into its thread. */
const ASK_AGAIN_MS = 1_000;

export type Told = { kind: 'told' } | { kind: 'later'; snoozeMs: number };

/**
 * One new message about a batch, in the thread of its report and in the channel; by direct message where the
 * channel is lost. Where nobody is left to read it, it counts as told. Throws what a later attempt may mend.
 */
export async function postNotice(
  slack: SlackClients,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: Message,
): Promise<Told> {
  const isReportSought =
    !batch.slackMessageTs && (await getPendingPost(slack.app, { batchId: batch.id, kind: 'report' }));
  if (isReportSought) return { kind: 'later', snoozeMs: ASK_AGAIN_MS };
  try {
    const posted = await postNoticeOrDirect(slack, batch, kind, message);
    return posted.kind === 'later' ? posted : { kind: 'told' };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'limited') return { kind: 'later', snoozeMs: fault.retryAfterMs };
    if (!fault || !isChannelLost(fault)) throw error;
    slack.log.warn({ err: error, batchId: batch.id }, 'nobody is left to read a notice');
    return { kind: 'told' };
  }
}

async function postNoticeOrDirect(
  slack: SlackClients,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: Message,
): Promise<Posted> {
  const of = { batchId: batch.id, kind };
  try {
    return await postOnce(slack, of, placeOf(batch), message);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirect(batch.slackChannelId)) throw error;
    const channel = await openDirectMessage(slack, batch.sender.slackUserId);
    return postOnce(slack, of, { channel }, message);
  }
}

function placeOf({ slackChannelId: channel, slackMessageTs: ts }: BatchSummary): Place {
  if (!ts) return { channel };
  return isDirect(channel) ? { channel, thread_ts: ts } : { channel, thread_ts: ts, reply_broadcast: true };
}
