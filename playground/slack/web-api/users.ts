import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import { type Arguments, flag, optionalText, text } from './arguments';
import { channelAnswer, kindOf } from './conversations';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** People and groups of people. */
export const users: Methods = {
  'users.info': { tier: 'tier4', scope: 'users:read', run: userInfo },
  'users.list': {
    tier: 'tier2',
    scope: 'users:read',
    run: ({ workspace: { people } }, args) => ({
      members: [
        ...people.list().map((person) => people.profile(person, flag(args, 'include_locale'))),
        people.bot(),
      ],
      response_metadata: { next_cursor: '' },
    }),
  },
  'users.conversations': {
    tier: 'tier3',
    scope: 'channels:read',
    run: joinedConversations,
  },
  'usergroups.list': {
    tier: 'tier2',
    scope: 'usergroups:read',
    run: ({ settings }) => ({
      usergroups: Object.entries(settings.usergroups).map(([handle, members]) => ({
        id: groupId(handle),
        handle,
        name: handle,
        is_usergroup: true,
        user_count: members.length,
      })),
    }),
  },
  'usergroups.users.list': {
    tier: 'tier2',
    scope: 'usergroups:read',
    run: ({ settings }, args) => {
      const wanted = text(args, 'usergroup');
      const group = Object.entries(settings.usergroups).find(([handle]) => groupId(handle) === wanted);
      if (!group) throw new ApiRefusal('no_such_subteam');
      return { users: group[1] };
    },
  },
};

/** The channels of a person. Of the private ones, those that the bot is in too, as at Slack. */
function joinedConversations(slack: SlackContext, args: Arguments) {
  const user = optionalText(args, 'user') ?? BOT.userId;
  const types = (optionalText(args, 'types') ?? 'public_channel').split(',');
  const from = Number(optionalText(args, 'cursor') ?? 0);
  const most = Number(optionalText(args, 'limit') ?? 100);
  const joined = slack.workspace.channels
    .list()
    .filter(({ members }) => members.includes(user))
    .filter((one) => types.includes(kindOf(one)) && (!one.is_private || one.members.includes(BOT.userId)));
  return {
    channels: joined.slice(from, from + most).map((channel) => channelAnswer(slack, channel)),
    response_metadata: { next_cursor: joined.length > from + most ? String(from + most) : '' },
  };
}

function userInfo({ workspace: { people } }: SlackContext, args: Arguments) {
  const id = text(args, 'user');
  if (id === BOT.userId) return { user: people.bot() };
  const person = people.find(id);
  if (!person) throw new ApiRefusal('user_not_found');
  return { user: people.profile(person, flag(args, 'include_locale')) };
}

/** `marketing` is `S0MARKETING`: a group's id follows from its handle. */
function groupId(handle: string): string {
  return `S0${handle.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
}
