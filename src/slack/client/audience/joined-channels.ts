import { setTimeout as delay } from 'node:timers/promises';
import { askSlack } from '../ask-slack';
import type { SlackClients } from '../slack-clients';

/** How long an answer of Slack is believed: who leaves a channel reads its batches for so much longer. */
export const JOINED_KEPT_MS = 5 * 60_000;
/** After no answer, Slack is not asked about this person again for so long: impatient people must not use up its limit. */
const NO_ANSWER_KEPT_MS = 15_000;
/** A person waits, and a window opens only within 3 s of the click. Slack may still answer later, for the next request. */
const PATIENCE_MS = 1_500;
const CHANNELS_A_PAGE = 500;
/** 2,000 channels, more than anybody reads. Of a person who is in more, it is not known. */
const MOST_PAGES = 4;
/** Ids of channels that are held for all people together: some 15 MB. The people who were asked about first go first. */
const MOST_HELD = 200_000;

/** The channels that a person is in. Null where Slack does not say so in time. */
export type JoinedChannels = (
  slack: SlackClients,
  slackUserId: string,
) => Promise<ReadonlySet<string> | null>;

interface Asked {
  /** By `now`. */
  at: number;
  keptMs: number;
  channels: Promise<ReadonlySet<string> | null>;
  /** Ids that it holds, and one for itself. */
  size: number;
}

/**
 * Asks Slack which channels people are in: one question for all batches that somebody looks at. Of the private channels
 * Slack names those that the bot is in. Requests of one person that come together share one question. `now`: a steady
 * clock, in ms.
 */
export function createJoinedChannels(now: () => number = () => performance.now()): JoinedChannels {
  /** By workspace and person, the oldest question first. */
  const asked = new Map<string, Asked>();
  let held = 0;

  const forget = (key: string, one: Asked) => {
    if (asked.get(key) !== one) return;
    asked.delete(key);
    held -= one.size;
  };
  const hold = (key: string, one: Asked, size: number) => {
    if (asked.get(key) !== one) return;
    held += size - one.size;
    one.size = size;
    for (const [oldest, other] of asked) {
      if (held <= MOST_HELD) return;
      forget(oldest, other);
    }
  };
  const ask = (key: string, slack: SlackClients, slackUserId: string): Asked => {
    const one: Asked = {
      at: now(),
      keptMs: JOINED_KEPT_MS,
      channels: listJoined(slack, slackUserId),
      size: 1,
    };
    asked.set(key, one);
    held += 1;
    one.channels.then(
      (channels) => {
        if (!channels) one.keptMs = NO_ANSWER_KEPT_MS;
        hold(key, one, 1 + (channels?.size ?? 0));
      },
      () => forget(key, one),
    );
    return one;
  };

  return async (slack, slackUserId) => {
    const key = `${slack.workspace.tenantId}:${slackUserId}`;
    const before = asked.get(key);
    if (before && now() - before.at < before.keptMs) return within(PATIENCE_MS, before.channels);
    if (before) forget(key, before);
    return within(PATIENCE_MS, ask(key, slack, slackUserId).channels);
  };
}

/** Every page; null where Slack does not answer, or there are too many. Throws what is no fault of Slack. */
async function listJoined(slack: SlackClients, user: string): Promise<ReadonlySet<string> | null> {
  const joined = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await askSlack(
      slack.opener.users.conversations({
        user,
        types: 'public_channel,private_channel',
        limit: CHANNELS_A_PAGE,
        ...(cursor ? { cursor } : {}),
      }),
    );
    if (answer.kind !== 'answered') {
      slack.log.warn({ why: answer, slackUserId: user }, 'Slack did not say which channels a person is in');
      return null;
    }
    for (const { id } of answer.value.channels ?? []) if (id) joined.add(id);
    cursor = answer.value.response_metadata?.next_cursor;
    if (!cursor) return joined;
  }
  return null;
}

async function within<T>(ms: number, wanted: Promise<T>): Promise<T | null> {
  const end = new AbortController();
  const late = delay(ms, null, { ref: false, signal: end.signal }).catch(() => null);
  try {
    return await Promise.race([wanted, late]);
  } finally {
    end.abort();
  }
}
