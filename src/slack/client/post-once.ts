import {
  beginPost,
  dropPendingPost,
  getPendingPost,
  type PendingPost,
  type PendingPostKey,
} from '../../batches/outbox/pending-posts';
import { asApiBlocks, type Message } from '../blocks/block-kit';
import type { SlackClients } from './slack-clients';
import { slackFaultOf } from './slack-fault';

/** Where a new message goes. */
export interface Place {
  channel: string;
  thread_ts?: string;
  reply_broadcast?: boolean;
}

export type Posted =
  /** `isFound`: by a former attempt, whose words may be older than these. */
  { kind: 'posted'; channelId: string; ts: string; isFound: boolean } | { kind: 'later'; snoozeMs: number };

const EVENT_TYPE = 'sms_batch_message';
/** So long after its begin, a post stands or never will: longer than the call may take. */
const SETTLE_MS = 15_000;
/** How far Slack's clock may be from ours. */
const CLOCKS_APART_S = 300;
const PAGE = 200;

/**
 * Posts one new message of a kind about a batch, once: a former attempt of unknown outcome (the process was killed, or
 * the answer was lost) is looked for by the id in its metadata, and found counts. Where Slack does not let the bot
 * look, it posts again: a message too many rather than one that nobody gets. For one caller at a time (in-turn.ts),
 * who records what was posted. Throws Slack's faults, but for an unclear outcome, which is a reason to look later.
 */
export async function postOnce(
  slack: SlackClients,
  of: PendingPostKey,
  place: Place,
  message: Message,
): Promise<Posted> {
  const open = await getPendingPost(slack.app, of);
  if (open && open.ageMs < SETTLE_MS) return { kind: 'later', snoozeMs: Math.ceil(SETTLE_MS - open.ageMs) };
  const ts = open && (await findPosted(slack, open));
  if (open && ts) return { kind: 'posted', channelId: open.slackChannelId, ts, isFound: true };
  return postNow(slack, of, place, message);
}

async function postNow(
  slack: SlackClients,
  of: PendingPostKey,
  place: Place,
  message: Message,
): Promise<Posted> {
  const slackThreadTs = place.thread_ts ?? null;
  const id = await beginPost(slack.app, of, { slackChannelId: place.channel, slackThreadTs });
  const words = { text: message.text, blocks: asApiBlocks(message.blocks) };
  const metadata = { event_type: EVENT_TYPE, event_payload: { id } };
  try {
    const quiet = { unfurl_links: false, unfurl_media: false };
    // The API's types know a reply that is broadcast only as one that is in a thread.
    const { ts } = await slack.poster.chat.postMessage({
      ...words,
      ...quiet,
      ...(place as { channel: string }),
      metadata,
    });
    return { kind: 'posted', channelId: place.channel, ts: ts as string, isFound: false };
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'unclear') {
      slack.log.warn({ err: error, ...of }, 'a message may have been posted; it will be looked for');
      return { kind: 'later', snoozeMs: SETTLE_MS };
    }
    if (fault) await dropPendingPost(slack.app, of);
    throw error;
  }
}

/** The ts of the message that carries this posting's id; null where there is none, or Slack does not let us look. */
async function findPosted(slack: SlackClients, posting: PendingPost): Promise<string | null> {
  const begunAtS = posting.begunAt.getTime() / 1000;
  const query = {
    channel: posting.slackChannelId,
    oldest: String(begunAtS - CLOCKS_APART_S),
    latest: String(begunAtS + CLOCKS_APART_S),
    include_all_metadata: true,
    limit: PAGE,
  };
  const pages = posting.slackThreadTs
    ? slack.client.paginate('conversations.replies', { ...query, ts: posting.slackThreadTs })
    : slack.client.paginate('conversations.history', query);
  try {
    for await (const page of pages) {
      const messages = (page as { messages?: FoundMessage[] }).messages ?? [];
      const found = messages.find((one) => one.metadata?.event_payload?.id === posting.id);
      if (found) return found.ts;
    }
    return null;
  } catch (error) {
    if (slackFaultOf(error)?.kind !== 'refused') throw error;
    slack.log.warn(
      { err: error },
      'a message that may have been posted cannot be looked for; posting it again',
    );
    return null;
  }
}

interface FoundMessage {
  ts: string;
  metadata?: { event_payload?: { id?: unknown } };
}
