import { webApi } from '@slack/bolt';
import type { AppContext } from '../../batches/app-context';
import type { Config } from '../../config';
import type { Log } from '../../log';
import { createPersonTurns, type PersonTurns } from '../../tenants/person-turns';
import { boltLogger } from './bolt-logger';

type WebClient = webApi.WebClient;

/** The clients of one workspace, with the app context. Listeners and jobs use the same. */
export interface SlackClients {
  app: AppContext;
  log: Log;
  settings: Config['slack'];
  workspace: Workspace;
  botToken: string;
  /** For reads and edits. Retries: repeating these does no harm. */
  client: WebClient;
  /** For new messages. Never retries: if the answer is lost, the message may have been posted. */
  poster: WebClient;
  /** For a person who waits. A trigger expires after 3 s, so it tries once and does not wait after a 429. */
  opener: WebClient;
  /** Whoever does something waits for a place here. */
  acts: PersonTurns;
}

/** A workspace, and who the bot is there. */
export interface Workspace {
  tenantId: string;
  teamId: string;
  /** Ends with a slash. */
  workspaceUrl: string;
  appId: string | null;
  botId: string;
  botUserId: string;
  botName: string;
}

const CALL_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 2_500;

/**
 * Creates the clients; makes no call. Each client gets an options object of its own with its own retries, because Bolt and
 * Socket Mode write into the objects that they are given.
 */
export function createSlackClients(
  parts: Pick<SlackClients, 'app' | 'log' | 'settings' | 'workspace' | 'botToken'>,
): SlackClients {
  return {
    ...parts,
    client: createWebClient(parts, { timeoutMs: CALL_TIMEOUT_MS, retries: 3 }),
    poster: createWebClient(parts, { timeoutMs: CALL_TIMEOUT_MS, retries: 0 }),
    opener: createWebClient(parts, { timeoutMs: OPEN_TIMEOUT_MS, retries: 0 }),
    acts: createPersonTurns(),
  };
}

/** A client for a token. */
export function createWebClient(
  { settings, botToken, log }: Pick<SlackClients, 'settings' | 'botToken' | 'log'>,
  { timeoutMs, retries }: { timeoutMs: number; retries: number } = { timeoutMs: CALL_TIMEOUT_MS, retries: 3 },
): WebClient {
  return new webApi.WebClient(botToken, {
    slackApiUrl: settings.apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries, minTimeout: 500, factor: 2 },
    maxRequestConcurrency: 20,
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  });
}
