import type { AppContext } from '../../batches/app-context';
import type { Config } from '../../config';
import type { Log } from '../../log';
import { assertOpens, type SecretBox, type StoredSecret } from '../../tenants/secret-box';
import { ensureTenant } from '../../tenants/tenant';
import {
  findInstallation,
  type Installation,
  listTokens,
  saveInstallation,
} from '../store/installations.sql';
import { createSlackClients, createWebClient, type SlackClients } from './slack-clients';

/** Every workspace that has installed the bot. Any process serves all of them. */
export interface Workspaces {
  app: AppContext;
  log: Log;
  settings: Config['slack'];
  /** The workspace's clients. Throws NotInstalled, and SecretUnreadable if its token was sealed with another key. */
  clientsFor(tenantId: string): Promise<SlackClients>;
  /**
   * By the workspace's id at Slack; null where the bot is not installed there. For a request of a person, for which Slack
   * waits 3 s: what is known is looked up again only afterwards, so it may be a minute old.
   */
  clientsForTeam(teamId: string): Promise<SlackClients | null>;
  /**
   * Asks Slack whose token this is, and installs the bot there. Throws Slack's faults, and WrongKey, storing nothing,
   * where the workspace's former token was sealed with another key.
   */
  install(botToken: string): Promise<SlackClients>;
  /** The tokens of all workspaces, as they are stored. */
  listSealed(): Promise<StoredSecret[]>;
}

export class NotInstalled extends Error {
  readonly code = 'not_installed';
  constructor(tenantId: string) {
    super(`The bot is not installed in workspace ${tenantId}.`);
    this.name = 'NotInstalled';
  }
}

interface Known {
  sealed: string;
  clients: SlackClients;
  /** By the process's own steady clock. */
  seenAt: number;
}

const TRUSTED_MS = 60_000;

export function createWorkspaces(parts: {
  app: AppContext;
  log: Log;
  settings: Config['slack'];
  secrets: SecretBox;
}): Workspaces {
  const { app, log, settings, secrets } = parts;
  /** By the workspace's id at Slack. */
  const known = new Map<string, Known>();

  const open = ({ botTokenEncrypted: sealed, ...workspace }: Installation): SlackClients => {
    const before = known.get(workspace.teamId);
    const clients =
      before?.sealed === sealed
        ? before.clients
        : createSlackClients({
            app,
            log,
            settings,
            workspace,
            botToken: secrets.open(sealed, aadOf(workspace.tenantId)),
          });
    known.set(workspace.teamId, { sealed, clients, seenAt: performance.now() });
    return clients;
  };

  const look = async (teamId: string): Promise<SlackClients | null> => {
    const installation = await findInstallation(app.db, { teamId });
    if (!installation) known.delete(teamId);
    return installation && open(installation);
  };

  return {
    app,
    log,
    settings,
    async clientsFor(tenantId) {
      const installation = await findInstallation(app.db, { tenantId });
      if (!installation) throw new NotInstalled(tenantId);
      return open(installation);
    },
    async clientsForTeam(teamId) {
      const before = known.get(teamId);
      if (!before) return look(teamId);
      if (performance.now() - before.seenAt > TRUSTED_MS) {
        before.seenAt = performance.now();
        look(teamId).catch((error) => log.warn({ err: error }, 'an installation could not be looked up'));
      }
      return before.clients;
    },
    async install(botToken) {
      const me = await createWebClient({ settings, log, botToken }).auth.test();
      const { team_id: teamId, bot_id: botId, user_id: botUserId } = me;
      if (!teamId || !botId || !botUserId) throw new Error('SLACK_BOT_TOKEN is not the token of a bot.');
      const tenant = await ensureTenant(app.db, {
        slackTeamId: teamId,
        name: me.team ?? teamId,
        locale: settings.locale,
      });
      const installation = {
        tenantId: tenant.id,
        botTokenEncrypted: secrets.seal(botToken, aadOf(tenant.id)),
        appId: me.app_id ?? null,
        botId,
        botUserId,
        botName: me.user ?? 'bot',
        workspaceUrl: me.url ?? 'https://slack.com/',
      };
      const former = await findInstallation(app.db, { tenantId: tenant.id });
      if (former) assertOpens(secrets, [toStoredSecret(former)]);
      await saveInstallation(app.db, installation);
      return open({ ...installation, teamId });
    },
    async listSealed() {
      return (await listTokens(app.db)).map(toStoredSecret);
    },
  };
}

/** Authenticated with the sealed token: see secret-box.ts. Stored tokens depend on it, so it must not change. */
const aadOf = (tenantId: string) => `slack:${tenantId}`;

const toStoredSecret = (
  row: Pick<Installation, 'tenantId' | 'teamId' | 'botTokenEncrypted'>,
): StoredSecret => ({
  name: `the bot token of workspace ${row.teamId}`,
  sealed: row.botTokenEncrypted,
  aad: aadOf(row.tenantId),
});
