import { randomUUID } from 'node:crypto';
import type { BotEnvironment } from './bot-process';
import type { Mode } from './read-options';

/** Credentials for the local Slack and Buka. Each start makes new secrets. */
interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
  apiKey: string;
  apiSecret: string;
  appId: string;
  /** The last part of the paths to which Buka pushes. */
  callbackSecret: string;
}

export function newCredentials(): Credentials {
  return {
    botToken: `xoxb-${randomUUID()}`,
    appToken: `xapp-${randomUUID()}`,
    signingSecret: randomUUID(),
    // The balance is kept under the API key, so the key stays. Only the secret is new at each start.
    apiKey: 'demo',
    apiSecret: randomUUID(),
    appId: 'demo',
    callbackSecret: randomUUID(),
  };
}

interface BotSettings {
  mode: Mode;
  credentials: Credentials;
  slackApiUrl: string;
  bukaUrl: string;
  dataDir: string;
  keyDir: string;
  port: number;
  /** From the demo's own environment: PATH, HOME and the like. */
  inherited: BotEnvironment;
}

/** Sets every setting of the bot. Times are short, so that a person can watch what faults do. */
export function botEnvironment(settings: BotSettings): BotEnvironment {
  const { credentials, mode } = settings;
  return {
    ...settings.inherited,
    SLACK_API_URL: settings.slackApiUrl,
    SLACK_BOT_TOKEN: credentials.botToken,
    SLACK_SIGNING_SECRET: credentials.signingSecret,
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: credentials.appToken } : {}),
    BUKA_BASE_URL: settings.bukaUrl,
    BUKA_API_KEY: credentials.apiKey,
    BUKA_API_SECRET: credentials.apiSecret,
    BUKA_APP_ID: credentials.appId,
    BUKA_CALLBACK_SECRET: credentials.callbackSecret,
    DATA_DIR: settings.dataDir,
    KEY_DIR: settings.keyDir,
    HOST: '127.0.0.1',
    PORT: String(settings.port),
    DEFAULT_COUNTRY: 'CN',
    DELIVERY_POLL_MS: '3000',
    DELIVERY_HORIZON_HOURS: '0.1',
    MESSAGE_REFRESH_MS: '1500',
    PERSON_REFRESH_MS: '0',
    SUBMIT_TIMEOUT_MS: '5000',
    UNCERTAIN_SETTLE_MINUTES: '1',
  };
}
