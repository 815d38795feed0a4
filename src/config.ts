import { homedir } from 'node:os';
import type { z } from 'zod';
import { type ReadKey, readKey } from './key-strength';
import { type Environment, settings } from './settings';

/** The bot's settings. They contain secrets: never log them. */
export interface Config {
  role: 'all' | 'web' | 'worker';
  host: string;
  port: number;
  /** Where providers reach the bot, without a slash at the end: they may sign the whole URL that they call. */
  publicUrl: string;
  logLevel: Environment['LOG_LEVEL'];
  dataDir: string;
  keyDir: string;
  databaseUrl: string | undefined;
  /** Undefined: a development key is made in `keyDir`. */
  encryptionKey: ReadKey | undefined;
  defaultCountry: string | undefined;
  slack: {
    botToken: string;
    signingSecret: string | undefined;
    /** Socket Mode when set. */
    appToken: string | undefined;
    apiUrl: string;
    command: string;
    /** The language of posts in channels; what one person sees is in that person's language. */
    locale: string;
    messageRefreshMs: number;
    /** How long to trust what Slack said about a person before asking again. */
    personRefreshMs: number;
  };
  /** The provider account of the workspace whose bot token is configured. */
  account: {
    credentials: { baseUrl: string; apiKey: string; apiSecret: string };
    subAccount: string;
    senderId: string | undefined;
  };
  /** The last part of one more path for what Buka pushes to the account of these settings, beside the account's own. */
  bukaCallbackSecret: string | undefined;
  submitTimeoutMs: number;
  submitConcurrency: number;
  deliveryPollMs: number;
  deliveryHorizonHours: number;
  uncertainSettleMinutes: number;
  /** How many drafts may be open, neither sent nor discarded. */
  maxDrafts: { perPerson: number; perKey: number; perWorkspace: number };
  draftExpiryHours: number;
  maxRunningExportsPerPerson: number;
  maxRunningComparisonsPerPerson: number;
}

/** The environment has faults. `message` names every faulty variable, one a line, and no value. */
export class ConfigError extends Error {
  readonly code = 'bad_config';
  constructor(readonly faults: { variable: string; fault: string }[]) {
    const lines = faults.map(({ variable, fault }) => `  ${variable}: ${fault}`);
    super(['These settings are missing or wrong (see docs/SETTINGS.md):', ...lines].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads the settings from an environment. Throws ConfigError, with all faults at once. */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = givenOf(env);
  const parsed = settings.safeParse(given);
  const faults = [...(parsed.success ? [] : faultsOf(parsed.error)), ...faultsBetween(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return toConfig(parsed.data);
}

/** Where the data is: all that a command beside the running bot needs. */
export type DatabaseConfig = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Reads only the settings of the database; the others may be missing. Throws ConfigError. */
export function parseDatabaseConfig(env: Record<string, string | undefined>): DatabaseConfig {
  const parsed = settings.pick({ DATABASE_URL: true, DATA_DIR: true }).safeParse(givenOf(env));
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error));
  return { databaseUrl: parsed.data.DATABASE_URL, dataDir: parsed.data.DATA_DIR };
}

/** What a command needs to tell the push addresses: the key that opens them, and where the bot is reached. */
export type AddressConfig = DatabaseConfig & Pick<Config, 'keyDir' | 'encryptionKey' | 'publicUrl'>;

/** Reads only those settings; the others may be missing. Throws ConfigError. */
export function parseAddressConfig(env: Record<string, string | undefined>): AddressConfig {
  const names = { DATABASE_URL: true, DATA_DIR: true, KEY_DIR: true, ENCRYPTION_KEY: true } as const;
  const parsed = settings.pick({ ...names, PUBLIC_URL: true, PORT: true }).safeParse(givenOf(env));
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error));
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = parsed.data;
  return { databaseUrl, dataDir, ...keyAndUrlOf(parsed.data) };
}

/** The key, where it lies, and where the bot is reached. */
function keyAndUrlOf(
  env: Pick<Environment, 'KEY_DIR' | 'ENCRYPTION_KEY' | 'PUBLIC_URL' | 'PORT'>,
): Pick<Config, 'keyDir' | 'encryptionKey' | 'publicUrl'> {
  return {
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/(?<!\/)\/+$/, ''),
    keyDir: env.KEY_DIR.replace(/^~(?=\/|$)/, homedir()),
    encryptionKey: env.ENCRYPTION_KEY ? (readKey(env.ENCRYPTION_KEY) ?? undefined) : undefined,
  };
}

function givenOf(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in settings.shape && value?.trim()),
  );
}

/** Settings that another setting makes necessary. Not part of the schema, so that all faults are reported together. */
function faultsBetween(given: Record<string, string | undefined>): { variable: string; fault: string }[] {
  const role = given.ROLE ?? 'all';
  const faults = [];
  if (role !== 'worker' && !given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) {
    const fault = 'set this (HTTP mode) or SLACK_APP_TOKEN (Socket Mode)';
    faults.push({ variable: 'SLACK_SIGNING_SECRET', fault });
  }
  if (given.DATABASE_URL && !given.ENCRYPTION_KEY) {
    const fault = 'set this with DATABASE_URL: every process must be able to read the same secrets';
    faults.push({ variable: 'ENCRYPTION_KEY', fault });
  }
  if (['web', 'worker'].includes(role) && !given.DATABASE_URL) {
    const fault = `set this with ROLE=${role}: it needs a database that other processes can reach`;
    faults.push({ variable: 'DATABASE_URL', fault });
  }
  return faults;
}

function faultsOf(error: z.ZodError): { variable: string; fault: string }[] {
  return error.issues.map((issue) => ({
    variable: String(issue.path[0] ?? '?'),
    fault: issue.code === 'invalid_type' && issue.input === undefined ? 'is not set' : issue.message,
  }));
}

function toConfig(env: Environment): Config {
  return {
    role: env.ROLE,
    host: env.HOST,
    port: env.PORT,
    ...keyAndUrlOf(env),
    logLevel: env.LOG_LEVEL,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    defaultCountry: env.DEFAULT_COUNTRY,
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      appToken: env.SLACK_APP_TOKEN,
      apiUrl: env.SLACK_API_URL,
      command: env.SLACK_COMMAND,
      locale: env.SLACK_LOCALE,
      messageRefreshMs: env.MESSAGE_REFRESH_MS,
      personRefreshMs: env.PERSON_REFRESH_MS,
    },
    account: {
      credentials: {
        baseUrl: env.BUKA_BASE_URL,
        apiKey: env.BUKA_API_KEY,
        apiSecret: env.BUKA_API_SECRET,
      },
      subAccount: env.BUKA_APP_ID,
      senderId: env.BUKA_SENDER_ID,
    },
    bukaCallbackSecret: env.BUKA_CALLBACK_SECRET,
    submitTimeoutMs: env.SUBMIT_TIMEOUT_MS,
    submitConcurrency: env.SUBMIT_CONCURRENCY,
    deliveryPollMs: env.DELIVERY_POLL_MS,
    deliveryHorizonHours: env.DELIVERY_HORIZON_HOURS,
    uncertainSettleMinutes: env.UNCERTAIN_SETTLE_MINUTES,
    maxDrafts: {
      perPerson: env.MAX_DRAFTS_PER_PERSON,
      perKey: env.MAX_DRAFTS_PER_KEY,
      perWorkspace: env.MAX_DRAFTS_PER_WORKSPACE,
    },
    draftExpiryHours: env.DRAFT_EXPIRY_HOURS,
    maxRunningExportsPerPerson: env.MAX_RUNNING_EXPORTS_PER_PERSON,
    maxRunningComparisonsPerPerson: env.MAX_RUNNING_COMPARISONS_PER_PERSON,
  };
}
