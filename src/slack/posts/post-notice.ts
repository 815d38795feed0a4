import { DONE, type JobResult, snooze } from '../../queue/job-result';
import type { SlackMessage } from '../blocks/block-kit';
import { isDirectMessage } from '../blocks/parts/is-direct-message';
import type { ShownBatch } from '../blocks/parts/shown-batch';
import { openDirectMessage } from '../client/open-direct-message';
import { type Destination, type PostResult, postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { isRefusedForGood, slackFaultOf } from '../client/slack-fault';
import { snoozeIfLater } from '../client/snooze-if-later';
import { findPendingPost, type OutboxKey, type PendingPost, statusKey } from '../store/outbox.sql';

/** Until it is known whether the status message was posted: a notice belongs in its thread. */
const TRY_AGAIN_MS = 1_000;
/** After this many tries of the status message, a notice waits for it no longer. */
const AWAITED_TRIES = 2;

/**
 * Posts one new message about a batch: in the thread of its status message and in the channel, else beside the thread in
 * the channel, else as a direct message to the sender. If Slack refuses all of them for good, nobody can read it: returns
 * `done`, so that it is not begun again. Throws what is no fault of Slack.
 */
export async function postNotice(
  slack: SlackClients,
  batch: ShownBatch,
  key: OutboxKey,
  message: SlackMessage,
): Promise<JobResult> {
  const status = batch.messageTs ? null : await findPendingPost(slack.app.db, statusKey(batch.id));
  if (status && status.tries <= AWAITED_TRIES) return snooze(TRY_AGAIN_MS);
  const pending = await findPendingPost(slack.app.db, key);
  const ways = waysToTell(batch);
  // What was begun in one way is looked for there, before another way is tried.
  const begun = pending ? ways.findIndex((way) => isWayOf(pending, way, batch)) : 0;
  for (const way of ways.slice(Math.max(0, begun))) {
    try {
      const posted = await postIn(slack, batch, way, key, message);
      return posted.kind === 'snooze' ? posted : DONE;
    } catch (error) {
      const later = snoozeIfLater(error);
      if (later) return later;
      const fault = slackFaultOf(error);
      if (!fault || !isRefusedForGood(fault)) throw error;
      slack.log.warn({ err: error, batchId: batch.id, way }, 'a notice was refused; it is tried another way');
    }
  }
  slack.log.error({ batchId: batch.id, key }, 'a notice can be posted nowhere');
  return DONE;
}

type Way = 'thread' | 'channel' | 'direct';

function waysToTell({ channelId, messageTs }: ShownBatch): Way[] {
  if (!channelId) return ['direct'];
  const inChannel: Way[] = messageTs ? ['thread', 'channel'] : ['channel'];
  return isDirectMessage(channelId) ? inChannel : [...inChannel, 'direct'];
}

function isWayOf(pending: PendingPost, way: Way, { channelId }: ShownBatch): boolean {
  if (pending.threadTs) return way === 'thread';
  return way === (pending.channelId === channelId ? 'channel' : 'direct');
}

async function postIn(
  slack: SlackClients,
  batch: ShownBatch,
  way: Way,
  key: OutboxKey,
  message: SlackMessage,
): Promise<PostResult> {
  const channel =
    way === 'direct' ? await openDirectMessage(slack, batch.sender.externalId) : (batch.channelId ?? '');
  const destination = way === 'thread' ? threadOf(batch, channel) : { channel };
  return postOnce(slack, key, destination, message);
}

function threadOf({ messageTs }: ShownBatch, channel: string): Destination {
  const thread = { channel, thread_ts: messageTs ?? '' };
  return isDirectMessage(channel) ? thread : { ...thread, reply_broadcast: true };
}
