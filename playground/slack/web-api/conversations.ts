import type { Core } from '../core';
import { BOT } from '../workspace/bot-ids';
import type { Channel } from '../workspace/shapes';
import { type Arguments, optionalText, text } from './arguments';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** Channels and direct messages; what was said in them: history.ts. */
export const conversations: Methods = {
  'conversations.info': {
    tier: 'tier3',
    scope: 'channels:read',
    run: (core, args) => ({ channel: channelAnswer(core, seenByBot(core, text(args, 'channel'))) }),
  },
  'conversations.list': {
    tier: 'tier2',
    scope: 'channels:read',
    run: (core, args) => {
      const types = (optionalText(args, 'types') ?? 'public_channel').split(',');
      const listed = core.workspace.channels
        .list()
        .filter(
          (one) => types.includes(kindOf(one)) && (!one.is_private || one.members.includes(BOT.userId)),
        );
      return {
        channels: listed.map((channel) => channelAnswer(core, channel)),
        response_metadata: { next_cursor: '' },
      };
    },
  },
  'conversations.members': {
    tier: 'tier4',
    scope: 'channels:read',
    run: (core, args) => ({ members: seenByBot(core, text(args, 'channel')).members }),
  },
  'conversations.open': { tier: 'tier3', scope: 'im:write', run: openDirect },
  'conversations.join': { tier: 'tier3', scope: 'channels:join', run: join },
};

/** A channel as `conversations.*` show it. */
export function channelAnswer(core: Core, channel: Channel) {
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
    creator: core.settings.people[0]?.id ?? '',
    context_team_id: core.workspace.team.id,
    ...(channel.is_im
      ? { user: channel.members[0], is_open: true }
      : { is_member: isMember, num_members: channel.members.length }),
  };
}

/** Private channels without the bot do not exist for it. */
export function seenByBot(core: Core, id: string): Channel {
  const channel = core.workspace.channels.find(id);
  if (!channel || (channel.is_private && !channel.members.includes(BOT.userId))) {
    throw new ApiRefusal('channel_not_found');
  }
  return channel;
}

/** As `types` of conversations.list names it. */
function kindOf(channel: Channel): string {
  if (channel.is_im) return 'im';
  return channel.is_private ? 'private_channel' : 'public_channel';
}

function openDirect(core: Core, args: Arguments) {
  const given = optionalText(args, 'channel');
  const user = given ? seenByBot(core, given).members[0] : text(args, 'users');
  if (!user || !core.workspace.people.find(user)) throw new ApiRefusal('user_not_found');
  const channel = core.workspace.channels.direct(user);
  return { channel: { id: channel.id, created: channel.created, is_im: true, is_open: true, user } };
}

function join(core: Core, args: Arguments) {
  const channel = seenByBot(core, text(args, 'channel'));
  if (channel.is_archived) throw new ApiRefusal('is_archived');
  if (channel.is_private || channel.is_im) throw new ApiRefusal('method_not_supported_for_channel_type');
  if (!channel.members.includes(BOT.userId)) {
    core.workspace.channels.put({ ...channel, members: [...channel.members, BOT.userId] });
  }
  return { channel: channelAnswer(core, seenByBot(core, channel.id)) };
}
