import type { BatchSummary } from '../../batches/batch';
import { getPendingPost } from '../../batches/outbox/pending-posts';
import type { SlackMessage } from '../blocks/block-kit';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import { openDirectMessage } from '../client/open-direct-message';
import { type Destination, type PostResult, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';
import { snoozeIfRateLimited } from '../client/snooze';

/** Until it is known whether the status message was posted: a notice belongs in its thread. */
const TRY_AGAIN_MS = 1_000;

type NoticeResult = { kind: 'done' } | { kind: 'later'; snoozeMs: number };

/**
 * Posts one new message about a batch, in the thread of its status message and in the channel; as a direct
 * message to the sender if the bot cannot write in the channel. If that is impossible too, nobody can read
 * it: returns `done`. Throws what a later try may fix.
 */
export async function postNotice(
  slack: SlackClients,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: SlackMessage,
): Promise<NoticeResult> {
  const isStatusMessagePending =
    !batch.slackMessageTs && (await getPendingPost(slack.app, { batchId: batch.id, kind: 'report' }));
  if (isStatusMessagePending) return { kind: 'later', snoozeMs: TRY_AGAIN_MS };
  try {
    const posted = await postNoticeOrDirect(slack, batch, kind, message);
    return posted.kind === 'later' ? posted : { kind: 'done' };
  } catch (error) {
    const rateLimited = snoozeIfRateLimited(error);
    if (rateLimited) return { kind: 'later', ...rateLimited };
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault)) throw error;
    slack.log.warn({ err: error, batchId: batch.id }, 'a notice can be posted nowhere');
    return { kind: 'done' };
  }
}

async function postNoticeOrDirect(
  slack: SlackClients,
  batch: BatchSummary,
  kind: 'completion' | 'attention',
  message: SlackMessage,
): Promise<PostResult> {
  const key = { batchId: batch.id, kind };
  try {
    return await postOnce(slack, key, threadOf(batch), message);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || isDirectMessage(batch.slackChannelId)) throw error;
    const channel = await openDirectMessage(slack, batch.sender.slackUserId);
    return postOnce(slack, key, { channel }, message);
  }
}

function threadOf({ slackChannelId: channel, slackMessageTs: ts }: BatchSummary): Destination {
  if (!ts) return { channel };
  return isDirectMessage(channel)
    ? { channel, thread_ts: ts }
    : { channel, thread_ts: ts, reply_broadcast: true };
}
