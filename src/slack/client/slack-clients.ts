import { webApi } from '@slack/bolt';
import type { AppContext } from '../../batches/app-context';
import type { Config } from '../../config';
import type { Log } from '../../log';
import { ensureTenant } from '../../tenants/tenant';
import { boltLogger } from './bolt-logger';

type WebClient = webApi.WebClient;

/** The clients of one workspace, with the app context. Listeners and jobs use the same. */
export interface SlackClients {
  app: AppContext;
  log: Log;
  settings: Config['slack'];
  /** For reads and edits. Retries: repeating these does no harm. */
  client: WebClient;
  /** For new messages. Never retries: if the answer is lost, the message may have been posted. */
  poster: WebClient;
  /** For a person who waits. A trigger expires after 3 s, so it tries once and does not wait after a 429. */
  opener: WebClient;
  /** Who the bot is in the workspace; asks Slack once. Rejects if Slack does not accept the token. */
  identity(): Promise<BotIdentity>;
}

interface BotIdentity {
  tenantId: string;
  teamId: string;
  /** Ends with a slash. */
  workspaceUrl: string;
  appId: string | undefined;
  botId: string;
  botUserId: string;
  botName: string;
}

const CALL_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 2_500;

/**
 * Creates the clients; makes no call yet. Each client gets an options object of its own with its own retries,
 * because Bolt and Socket Mode write into the objects that they are given.
 */
export function createSlackClients(parts: {
  settings: Config['slack'];
  app: AppContext;
  log: Log;
}): SlackClients {
  const { settings, app, log } = parts;
  const createClient = (timeout: number, retries: number) =>
    new webApi.WebClient(settings.botToken, {
      slackApiUrl: settings.apiUrl,
      timeout,
      retryConfig: { retries, minTimeout: 500, factor: 2 },
      maxRequestConcurrency: 20,
      rejectRateLimitedCalls: true,
      logger: boltLogger(log),
    });
  const client = createClient(CALL_TIMEOUT_MS, 3);
  return {
    app,
    log,
    settings,
    client,
    poster: createClient(CALL_TIMEOUT_MS, 0),
    opener: createClient(OPEN_TIMEOUT_MS, 0),
    identity: rememberSuccess(() => fetchIdentity(client, app, settings.locale)),
  };
}

async function fetchIdentity(client: WebClient, app: AppContext, locale: string): Promise<BotIdentity> {
  const me = await client.auth.test();
  const { team_id: teamId, bot_id: botId, user_id: botUserId } = me;
  if (!teamId || !botId || !botUserId) throw new Error('SLACK_BOT_TOKEN is not the token of a bot.');
  const tenant = await ensureTenant(app.db, { slackTeamId: teamId, name: me.team ?? teamId, locale });
  return {
    tenantId: tenant.id,
    teamId,
    workspaceUrl: me.url ?? 'https://slack.com/',
    appId: me.app_id,
    botId,
    botUserId,
    botName: me.user ?? 'bot',
  };
}

/** Calls `ask` until it succeeds once, then returns the remembered result. */
function rememberSuccess<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
