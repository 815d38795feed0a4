import { backoffMs } from '../../backoff';
import { type Snoozed, snooze } from '../../queue/job-result';
import { AS_WRITTEN, asApiBlocks, type SlackMessage } from '../blocks/block-kit';
import {
  deleteFromOutbox,
  findPendingPost,
  type OutboxKey,
  type PendingPost,
  putPendingPost,
} from '../store/outbox.sql';
import type { SlackClients } from './slack-clients';
import { isRefusedForGood, NeverPosted, slackFaultOf } from './slack-fault';

/** Where a new message goes, as chat.postMessage takes it. */
export interface Destination {
  channel: string;
  thread_ts?: string;
  reply_broadcast?: boolean;
}

export type PostResult =
  /** `isFound`: a former try had posted it, perhaps with an older text. */
  { kind: 'posted'; channelId: string; ts: string; isFound: boolean } | Snoozed;

const EVENT_TYPE = 'sms_batch_message';
/** After this time a post has arrived or never will: it is longer than the call may take. */
const SETTLE_MS = 15_000;
/** While Slack keeps failing, the waits double up to this. */
const MOST_SETTLE_MS = 600_000;
/** Slack was read after each of this many tries, and the post was not there: it will not take it. */
const MOST_TRIES = 8;
/** Where nothing can be looked for, each try may be a message. */
const MOST_BLIND_TRIES = 2;
/** How far Slack's clock may differ from ours. */
const CLOCKS_APART_S = 300;
const PAGE = 200;

/**
 * Posts a new message exactly once, under a key. If the outcome of a former try is unknown (the process was
 * killed, the answer was lost, or it proves nothing), it looks for that message by the id in its metadata, and posts
 * only if there is none. If Slack does not let the bot read the channel, it posts again: one message too many is better
 * than none. Run it with the lock of post-lock.ts, and record what was posted. Returns a snooze while an
 * outcome is not settled. Throws Slack's faults, except `unclear`, and NeverPosted.
 */
export async function postOnce(
  slack: SlackClients,
  key: OutboxKey,
  destination: Destination,
  message: SlackMessage,
): Promise<PostResult> {
  const pending = await findPendingPost(slack.app.db, key);
  if (!pending) return postNow(slack, key, destination, message, 1);
  const restMs = settleMs(pending.tries) - pending.ageMs;
  if (restMs > 0) return snooze(Math.ceil(restMs));
  const search = await findPosted(slack, pending);
  if (search.kind === 'found') {
    return { kind: 'posted', channelId: pending.channelId, ts: search.ts, isFound: true };
  }
  if (pending.tries >= (search.kind === 'absent' ? MOST_TRIES : MOST_BLIND_TRIES)) {
    await deleteFromOutbox(slack.app.db, key);
    throw new NeverPosted(pending.tries);
  }
  return postNow(slack, key, destination, message, pending.tries + 1);
}

const settleMs = (tries: number) =>
  backoffMs({ tryNumber: tries, firstMs: SETTLE_MS, mostMs: MOST_SETTLE_MS });

async function postNow(
  slack: SlackClients,
  key: OutboxKey,
  destination: Destination,
  message: SlackMessage,
  tries: number,
): Promise<PostResult> {
  const threadTs = destination.thread_ts ?? null;
  const id = await putPendingPost(slack.app.db, key, { channelId: destination.channel, threadTs, tries });
  const content = { text: message.text, blocks: asApiBlocks(message.blocks) };
  const metadata = { event_type: EVENT_TYPE, event_payload: { id } };
  try {
    const noPreviews = { unfurl_links: false, unfurl_media: false };
    // The API's types allow `reply_broadcast` only together with `thread_ts`.
    const { ts } = await slack.poster.chat.postMessage({
      ...content,
      ...noPreviews,
      ...AS_WRITTEN,
      ...(destination as { channel: string }),
      metadata,
    });
    if (ts) return { kind: 'posted', channelId: destination.channel, ts, isFound: false };
    slack.log.warn({ key }, 'Slack did not say which message it has posted; it will be looked for');
    return snooze(settleMs(tries));
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'unclear') {
      slack.log.warn({ err: error, key }, 'a message may have been posted; it will be looked for');
      return snooze(settleMs(tries));
    }
    if (fault) await deleteFromOutbox(slack.app.db, key);
    throw error;
  }
}

type Search =
  | { kind: 'found'; ts: string }
  | { kind: 'absent' }
  /** Slack does not let the bot read there. */
  | { kind: 'not_readable' };

/** Looks for the message that carries the pending post's id. Throws Slack's faults where it may be asked later. */
async function findPosted(slack: SlackClients, pending: PendingPost): Promise<Search> {
  const begunAtS = pending.begunAt.getTime() / 1000;
  const query = {
    channel: pending.channelId,
    oldest: String(begunAtS - CLOCKS_APART_S),
    latest: String(begunAtS + CLOCKS_APART_S),
    include_all_metadata: true,
    limit: PAGE,
  };
  const pages = pending.threadTs
    ? slack.client.paginate('conversations.replies', { ...query, ts: pending.threadTs })
    : slack.client.paginate('conversations.history', query);
  try {
    for await (const page of pages) {
      const messages = (page as { messages?: FoundMessage[] }).messages ?? [];
      const found = messages.find((one) => one.metadata?.event_payload?.id === pending.id);
      if (found) return { kind: 'found', ts: found.ts };
    }
    return { kind: 'absent' };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault || !isRefusedForGood(fault)) throw error;
    slack.log.warn(
      { err: error },
      'a message that may have been posted cannot be looked for; posting it again',
    );
    return { kind: 'not_readable' };
  }
}

interface FoundMessage {
  ts: string;
  metadata?: { event_payload?: { id?: unknown } };
}
