import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import type { Channel, SlackMessage } from '../workspace/shapes';
import { type Arguments, flag, optionalText, text } from './arguments';
import { seenByBot } from './conversations';
import { checkScope, type Methods } from './method';
import { ApiRefusal } from './refusal';

/** Messages of a conversation that the bot is in. The app needs a scope that allows reading there. */
export const history: Methods = {
  'conversations.history': {
    tier: 'tier3',
    run: (slack, args) => {
      const messages = readable(slack, args).filter((one) => !one.thread_ts || one.subtype);
      return page(messages.reverse(), args);
    },
  },
  'conversations.replies': {
    tier: 'tier3',
    run: (slack, args) => {
      const ts = text(args, 'ts');
      const thread = readable(slack, args).filter((one) => one.ts === ts || one.thread_ts === ts);
      if (thread.length === 0) throw new ApiRefusal('thread_not_found');
      return page(thread, args);
    },
  },
};

/** Messages that everybody sees, oldest first. */
function readable(slack: SlackContext, args: Arguments): SlackMessage[] {
  const channel = seenByBot(slack, text(args, 'channel'));
  checkScope(slack, scopeFor(channel));
  if (!channel.members.includes(BOT.userId) && !channel.is_im) throw new ApiRefusal('not_in_channel');
  return slack.workspace.history.in(channel.id);
}

function scopeFor(channel: Channel): string {
  if (channel.is_im) return 'im:history';
  return channel.is_private ? 'groups:history' : 'channels:history';
}

const LIMIT = 100;
const LIMIT_MAX = 999;

/** Between `oldest` and `latest`, both excluded. The cursor is an index in the list. Metadata only on request. */
function page(messages: SlackMessage[], args: Arguments) {
  const oldest = Number(optionalText(args, 'oldest') ?? 0);
  const latest = Number(optionalText(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const limit = Math.min(Number(optionalText(args, 'limit') ?? LIMIT), LIMIT_MAX);
  const from = Number(optionalText(args, 'cursor') ?? 0);
  const within = messages.filter((one) => Number(one.ts) > oldest && Number(one.ts) < latest);
  const next = from + limit < within.length ? String(from + limit) : '';
  const withMetadata = flag(args, 'include_all_metadata');
  return {
    messages: within.slice(from, from + limit).map(({ metadata, ...message }) => ({
      ...message,
      ...(withMetadata && metadata ? { metadata } : {}),
    })),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}
