import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import type { Channel } from '../workspace/shapes';
import { type Arguments, optionalText, text } from './arguments';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** Channels and direct messages. Their messages are in history.ts. */
export const conversations: Methods = {
  'conversations.info': {
    tier: 'tier3',
    scope: 'channels:read',
    run: (slack, args) => ({ channel: channelAnswer(slack, seenByBot(slack, text(args, 'channel'))) }),
  },
  'conversations.list': {
    tier: 'tier2',
    scope: 'channels:read',
    run: (slack, args) => {
      const types = (optionalText(args, 'types') ?? 'public_channel').split(',');
      const listed = slack.workspace.channels
        .list()
        .filter(
          (one) => types.includes(kindOf(one)) && (!one.is_private || one.members.includes(BOT.userId)),
        );
      return {
        channels: listed.map((channel) => channelAnswer(slack, channel)),
        response_metadata: { next_cursor: '' },
      };
    },
  },
  'conversations.members': {
    tier: 'tier4',
    scope: 'channels:read',
    run: (slack, args) => ({ members: seenByBot(slack, text(args, 'channel')).members }),
  },
  'conversations.open': { tier: 'tier3', scope: 'im:write', run: openDirect },
  'conversations.join': { tier: 'tier3', scope: 'channels:join', run: join },
};

/** A channel as `conversations.*` show it. */
export function channelAnswer(slack: SlackContext, channel: Channel) {
  const isMember = channel.members.includes(BOT.userId);
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.is_im && !channel.is_private,
    is_group: channel.is_private,
    is_im: channel.is_im,
    is_mpim: false,
    is_private: channel.is_private || channel.is_im,
    is_archived: channel.is_archived,
    is_general: channel.name === 'general',
    is_shared: channel.is_ext_shared ?? false,
    is_ext_shared: channel.is_ext_shared ?? false,
    is_pending_ext_shared: false,
    is_org_shared: false,
    created: channel.created,
    creator: slack.settings.people[0]?.id ?? '',
    context_team_id: slack.workspace.team.id,
    ...(channel.is_im
      ? { user: channel.members[0], is_open: true }
      : { is_member: isMember, num_members: channel.members.length }),
  };
}

/** A private channel without the bot is `channel_not_found`, as at Slack. */
export function seenByBot(slack: SlackContext, id: string): Channel {
  const channel = slack.workspace.channels.find(id);
  if (!channel || (channel.is_private && !channel.members.includes(BOT.userId))) {
    throw new ApiRefusal('channel_not_found');
  }
  return channel;
}

/** As `types` of conversations.list and users.conversations names it. */
export function kindOf(channel: Channel): string {
  if (channel.is_im) return 'im';
  return channel.is_private ? 'private_channel' : 'public_channel';
}

function openDirect(slack: SlackContext, args: Arguments) {
  const given = optionalText(args, 'channel');
  const user = given ? seenByBot(slack, given).members[0] : text(args, 'users');
  if (!user || !slack.workspace.people.find(user)) throw new ApiRefusal('user_not_found');
  const channel = slack.workspace.channels.direct(user);
  return { channel: { id: channel.id, created: channel.created, is_im: true, is_open: true, user } };
}

function join(slack: SlackContext, args: Arguments) {
  const channel = seenByBot(slack, text(args, 'channel'));
  if (channel.is_archived) throw new ApiRefusal('is_archived');
  if (channel.is_private || channel.is_im) throw new ApiRefusal('method_not_supported_for_channel_type');
  if (!channel.members.includes(BOT.userId)) {
    slack.workspace.channels.put({ ...channel, members: [...channel.members, BOT.userId] });
  }
  return { channel: channelAnswer(slack, seenByBot(slack, channel.id)) };
}
