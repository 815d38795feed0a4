import { BOT } from '../workspace/bot-ids';
import { optionalText } from './arguments';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** What auth.test says of an org-wide token: the organisation takes the place of the workspace. */
const ORG_WIDE = {
  team: 'Playground Group',
  team_id: 'E0PLAYGRND',
  enterprise_id: 'E0PLAYGRND',
  is_enterprise_install: true,
};

/** Methods about the caller, its workspace, and how the app receives events. */
export const auth: Methods = {
  'api.test': { tier: 'tier4', token: 'none', run: (_slack, args) => ({ args }) },
  'auth.test': {
    tier: 'special',
    run: ({ workspace, origin, faults }) => ({
      url: `${origin()}/`,
      team: workspace.team.name,
      user: BOT.name,
      team_id: workspace.team.id,
      user_id: BOT.userId,
      bot_id: BOT.botId,
      app_id: BOT.appId,
      is_enterprise_install: false,
      ...(faults.strike('orgToken') ? ORG_WIDE : {}),
    }),
  },
  'apps.connections.open': {
    tier: 'tier3',
    token: 'app',
    run: (slack) => ({ url: slack.socketUrl() }),
  },
  'team.info': {
    tier: 'tier3',
    run: ({ workspace }) => ({ team: { ...workspace.team, email_domain: '', icon: {} } }),
  },
  'bots.info': {
    tier: 'tier3',
    scope: 'users:read',
    run: (_slack, args) => {
      const bot = optionalText(args, 'bot') ?? BOT.botId;
      if (bot !== BOT.botId) throw new ApiRefusal('bot_not_found');
      return {
        bot: {
          id: BOT.botId,
          deleted: false,
          name: 'Bulk SMS',
          app_id: BOT.appId,
          user_id: BOT.userId,
          icons: {},
        },
      };
    },
  },
};
