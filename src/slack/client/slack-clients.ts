import { webApi } from '@slack/bolt';
import type { AppContext } from '../../batches/app-context';
import type { Config } from '../../config';
import type { Log } from '../../log';
import { ensureTenant } from '../../tenants/tenant';
import { boltLogger } from './bolt-logger';

type WebClient = webApi.WebClient;

/** Everything needed to speak to people in Slack, in any process: listeners and jobs work with it alike. */
export interface SlackClients {
  app: AppContext;
  log: Log;
  settings: Config['slack'];
  /** For questions and edits: repeating these does no harm. */
  client: WebClient;
  /** For new messages: never repeated, since a lost answer may hide a message that was posted. */
  poster: WebClient;
  /** For a person who waits: a trigger lives 3 s, so there is one attempt, and no queue behind a 429. */
  opener: WebClient;
  /** Who we are in the workspace; asked once. Rejects where the token is not accepted. */
  identity(): Promise<Identity>;
}

export interface Identity {
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
 * Makes the clients; calls nobody yet. Each client gets an options object of its own, with its retries
 * named: Bolt and Socket Mode write into the objects that they are given.
 */
export function createSlackClients(parts: {
  settings: Config['slack'];
  app: AppContext;
  log: Log;
}): SlackClients {
  const { settings, app, log } = parts;
  const clientOf = (timeout: number, retries: number) =>
    new webApi.WebClient(settings.botToken, {
      slackApiUrl: settings.apiUrl,
      timeout,
      retryConfig: { retries, minTimeout: 500, factor: 2 },
      maxRequestConcurrency: 20,
      rejectRateLimitedCalls: true,
      logger: boltLogger(log),
    });
  const client = clientOf(CALL_TIMEOUT_MS, 3);
  return {
    app,
    log,
    settings,
    client,
    poster: clientOf(CALL_TIMEOUT_MS, 0),
    opener: clientOf(OPEN_TIMEOUT_MS, 0),
    identity: onceItWorks(() => askWhoWeAre(client, app, settings.locale)),
  };
}

async function askWhoWeAre(client: WebClient, app: AppContext, locale: string): Promise<Identity> {
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

/** Remembers the first answer; a failure is not remembered. */
function onceItWorks<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
