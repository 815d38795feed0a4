import { homedir } from 'node:os';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { type ReadKey, readKey } from './key-strength';

/**
 * Every setting of the bot, in one table. docs/SETTINGS.md and `.env.example` list the same names. An empty string
 * counts as not set, because an empty line of an env file gives one.
 */
const milliseconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const settings = z.object({
  SLACK_BOT_TOKEN: z.string().regex(/^xoxb-[\w-]+$/, 'must be a bot token: xoxb- and letters, digits, -'),
  SLACK_SIGNING_SECRET: z.string().min(8).optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[\w-]+$/, 'must be an app-level token: xapp- and letters, digits, -')
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  SLACK_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and up to 31 small letters, digits, - or _')
    .default('/sms'),
  SLACK_LOCALE: z.enum(['en-US', 'zh-CN']).default('en-US'),
  BUKA_API_KEY: z.string().min(1),
  BUKA_API_SECRET: z.string().min(1),
  BUKA_APP_ID: z.string().min(1),
  BUKA_SENDER_ID: z.string().max(32).optional(),
  BUKA_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.onbuka.com/v3'),
  BUKA_CALLBACK_SECRET: z
    .string()
    .regex(/^[\w-]{16,128}$/, 'must be 16 to 128 letters, digits, - or _')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  KEY_DIR: z.string().min(1).default('~/.config/bulk-sms'),
  ENCRYPTION_KEY: z
    .string()
    .refine((key) => readKey(key) !== null, 'must be 32 bytes, as 64 hex digits or as base64')
    .optional(),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z
    .url()
    .regex(
      /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(?=[:/]|$))[^?#]*$/,
      'must be an https URL, or an http one of this machine',
    )
    .optional(),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  DEFAULT_COUNTRY: z
    .string()
    .refine(isSupportedCountry, 'must be the two capital letters of a country, such as CN')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SUBMIT_TIMEOUT_MS: milliseconds(30_000, 100, 300_000),
  SUBMIT_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  DELIVERY_POLL_MS: milliseconds(10_000, 100, 900_000),
  DELIVERY_HORIZON_HOURS: z.coerce.number().positive().max(2_160).default(72),
  UNCERTAIN_SETTLE_MINUTES: z.coerce.number().positive().max(1_440).default(15),
  MAX_DRAFTS_PER_PERSON: z.coerce.number().int().min(1).max(100).default(1),
  MAX_DRAFTS_PER_KEY: z.coerce.number().int().min(1).max(1_000).default(20),
  MAX_DRAFTS_PER_WORKSPACE: z.coerce.number().int().min(1).max(10_000).default(200),
  DRAFT_EXPIRY_HOURS: z.coerce.number().positive().max(2_160).default(24),
  MAX_RUNNING_EXPORTS_PER_PERSON: z.coerce.number().int().min(1).max(100).default(2),
  MAX_RUNNING_COMPARISONS_PER_PERSON: z.coerce.number().int().min(1).max(100).default(1),
  MESSAGE_REFRESH_MS: milliseconds(3_000, 100, 600_000),
  PERSON_REFRESH_MS: milliseconds(600_000, 0, 86_400_000),
});

type Environment = z.infer<typeof settings>;

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
  /** The last part of the paths that Buka sends webhooks to; undefined: there are none. */
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
