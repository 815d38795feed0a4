import type { webApi } from '@slack/bolt';
import { askSlack } from './ask-slack';

/** The workspace that a bot token belongs to, and who the bot is there. */
export interface TokenOwner {
  teamId: string;
  teamName: string;
  /** Null where Slack did not tell it. */
  appId: string | null;
  botId: string;
  botUserId: string;
  botName: string;
  /** Ends with a slash. */
  workspaceUrl: string;
}

/** The bot cannot be installed with this token. `message` says what to do. Nothing was stored. */
export class InstallRefused extends Error {
  constructor(
    readonly code: 'org_wide' | 'not_a_bot' | 'other_workspace',
    message: string,
  ) {
    super(message);
    this.name = 'InstallRefused';
  }
}

/** Asks Slack whose token this is. Throws Slack's faults, and InstallRefused. */
export async function askTokenOwner(client: webApi.WebClient): Promise<TokenOwner> {
  const me = await client.auth.test();
  if (me.is_enterprise_install) {
    throw new InstallRefused(
      'org_wide',
      `SLACK_BOT_TOKEN is an org-wide token, of the organisation ${me.team ?? me.enterprise_id}. The bot serves one ` +
        'workspace with a token. Install the app in one workspace and set the token of that installation ' +
        '(docs/SETUP.md says how). Nothing was changed.',
    );
  }
  const { team_id: teamId, bot_id: botId, user_id: botUserId } = me;
  if (!teamId || !botId || !botUserId) {
    throw new InstallRefused('not_a_bot', 'SLACK_BOT_TOKEN is not the token of a bot. Nothing was changed.');
  }
  return {
    teamId,
    teamName: me.team ?? teamId,
    appId: me.app_id ?? (await askAppId(client, botId)),
    botId,
    botUserId,
    botName: me.user ?? 'bot',
    workspaceUrl: me.url ?? 'https://slack.com/',
  };
}

/** `auth.test` names the app for some tokens only. Null where Slack does not tell it now. */
async function askAppId(client: webApi.WebClient, botId: string): Promise<string | null> {
  const answer = await askSlack(client.bots.info({ bot: botId }));
  return answer.kind === 'answered' ? (answer.value.bot?.app_id ?? null) : null;
}
