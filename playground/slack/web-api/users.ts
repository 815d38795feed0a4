import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import { type Arguments, flag, optionalText, text } from './arguments';
import { channelAnswer } from './conversations';
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
    run: (slack, args) => {
      const user = optionalText(args, 'user') ?? BOT.userId;
      const mine = slack.workspace.channels.list().filter((one) => !one.is_im && one.members.includes(user));
      return {
        channels: mine.map((channel) => channelAnswer(slack, channel)),
        response_metadata: { next_cursor: '' },
      };
    },
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
