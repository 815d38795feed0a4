import { DONE, type JobResult, snooze } from '../../queue/job-result';
import type { SlackMessage } from '../blocks/block-kit';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import type { ShownBatch } from '../blocks/parts/shown-batch';
import { openDirectMessage } from '../client/open-direct-message';
import { type Destination, type PostResult, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isChannelLost, slackFaultOf } from '../client/slack-fault';
import { snoozeIfRateLimited } from '../client/snooze-if-rate-limited';
import { findPendingPost, type OutboxKey, statusKey } from '../store/outbox.sql';

/** Until it is known whether the status message was posted: a notice belongs in its thread. */
const TRY_AGAIN_MS = 1_000;

/**
 * Posts one new message about a batch, in the thread of its status message and in the channel; as a direct
 * message to the sender if the bot cannot write in the channel. If that is impossible too, nobody can read
 * it: returns `done`. Throws what a later try may fix.
 */
export async function postNotice(
  slack: SlackClients,
  batch: ShownBatch,
  key: OutboxKey,
  message: SlackMessage,
): Promise<JobResult> {
  const isStatusMessagePending =
    !batch.messageTs && (await findPendingPost(slack.app.db, statusKey(batch.id)));
  if (isStatusMessagePending) return snooze(TRY_AGAIN_MS);
  try {
    const posted = await postNoticeOrDirect(slack, batch, key, message);
    return posted.kind === 'snooze' ? posted : DONE;
  } catch (error) {
    const rateLimited = snoozeIfRateLimited(error);
    if (rateLimited) return rateLimited;
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault)) throw error;
    slack.log.warn({ err: error, batchId: batch.id }, 'a notice can be posted nowhere');
    return DONE;
  }
}

async function postNoticeOrDirect(
  slack: SlackClients,
  batch: ShownBatch,
  key: OutboxKey,
  message: SlackMessage,
): Promise<PostResult> {
  try {
    return await postOnce(slack, key, threadOf(batch), message);
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isChannelLost(fault) || !batch.channelId || isDirectMessage(batch.channelId)) throw error;
    const channel = await openDirectMessage(slack, batch.sender.externalId);
    return postOnce(slack, key, { channel }, message);
  }
}

function threadOf({ channelId, messageTs: ts }: ShownBatch): Destination {
  const channel = channelId ?? '';
  if (!ts) return { channel };
  return isDirectMessage(channel)
    ? { channel, thread_ts: ts }
    : { channel, thread_ts: ts, reply_broadcast: true };
}
