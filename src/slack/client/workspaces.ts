import type { AppContext } from '../../batches/app-context';
import type { Config } from '../../config';
import { isAnotherAlive } from '../../db/worker-liveness';
import type { Log } from '../../log';
import { assertOpens, type SecretBox, SecretUnreadable, type StoredSecret } from '../../tenants/secret-box';
import { ensureTenant } from '../../tenants/tenant';
import {
  findInstallation,
  type Installation,
  listInstallations,
  listTokens,
  listUnfinishedWorkspaces,
  saveInstallation,
} from '../store/installations.sql';
import { askTokenOwner, InstallRefused, type TokenOwner } from './ask-token-owner';
import { createSlackClients, createWebClient, type SlackClients, type Workspace } from './slack-clients';

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
   * Asks Slack whose token this is, and installs the bot there. Throws Slack's faults, InstallRefused, and WrongKey, storing
   * nothing, where the workspace's former token was sealed with another key.
   */
  install(botToken: string, patience?: { retries: number }): Promise<SlackClients>;
  /** Asks Slack once whether it accepts this token. Throws Slack's faults, and InstallRefused. */
  checkToken(botToken: string): Promise<void>;
  /** Whether the bot is installed in any workspace. */
  isInstalled(): Promise<boolean>;
  /** The workspace where the bot was installed with this very token. Null where there is none. Asks nobody. */
  findByToken(botToken: string): Promise<Workspace | null>;
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
const ASK_TIMEOUT_MS = 10_000;

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

  const askOwner = (botToken: string, retries: number) =>
    askTokenOwner(createWebClient({ settings, log, botToken }, { timeoutMs: ASK_TIMEOUT_MS, retries }));

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
    async install(botToken, { retries } = { retries: 3 }) {
      const owner = await askOwner(botToken, retries);
      await refuseReplacement(app, owner);
      const { teamId, teamName, ...bot } = owner;
      const tenant = await ensureTenant(app.db, {
        slackTeamId: teamId,
        name: teamName,
        locale: settings.locale,
      });
      const former = await findInstallation(app.db, { tenantId: tenant.id });
      const installation = {
        ...bot,
        // Where Slack does not tell it now, it is the one that it told of the same bot before.
        appId: bot.appId ?? (former?.botId === bot.botId ? former.appId : null),
        tenantId: tenant.id,
        botTokenEncrypted: secrets.seal(botToken, aadOf(tenant.id)),
      };
      if (former) assertOpens(secrets, [toStoredSecret(former)]);
      await saveInstallation(app.db, installation);
      return open({ ...installation, teamId });
    },
    async checkToken(botToken) {
      await askOwner(botToken, 0);
    },
    isInstalled: async () => (await listInstallations(app.db)).length > 0,
    async findByToken(botToken) {
      for (const { botTokenEncrypted, ...workspace } of await listInstallations(app.db)) {
        if (tokenIn(secrets, workspace.tenantId, botTokenEncrypted) === botToken) return workspace;
      }
      return null;
    },
    async listSealed() {
      return (await listTokens(app.db)).map(toStoredSecret);
    },
  };
}

/**
 * A bot that is started with the token of another workspace leaves the former one without anybody who answers its people.
 * That is right where they are several, each with a bot of its own that runs; and where nothing is left to do for the
 * former one.
 */
async function refuseReplacement({ db, worker, log }: AppContext, owner: TokenOwner): Promise<void> {
  const { teamId, teamName } = owner;
  if (await findInstallation(db, { teamId })) return;
  const [other] = await listUnfinishedWorkspaces(db);
  if (!other) return;
  if (await isAnotherAlive(db, worker ?? '')) {
    log.info({ teamId }, 'A workspace is added: the bot of another one is running');
    return;
  }
  throw new InstallRefused(
    'other_workspace',
    `SLACK_BOT_TOKEN is the token of the workspace ${teamName}, and the workspace ${other.name} has batches that are ` +
      `not over (${other.batches}). Nothing was changed. Set the token of ${other.name} again until they are over. To ` +
      `serve both, start the bot of ${other.name} first, and this one beside it (docs/OPERATIONS.md, "Several workspaces").`,
  );
}

/** Null where it was sealed with another key. */
function tokenIn(secrets: SecretBox, tenantId: string, sealed: string): string | null {
  try {
    return secrets.open(sealed, aadOf(tenantId));
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    return null;
  }
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
