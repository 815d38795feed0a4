import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { readKey } from './key-strength';

const milliseconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/**
 * Every setting of the bot, in one table. docs/SETTINGS.md and `.env.example` list the same names. An empty string
 * counts as not set, because an empty line of an env file gives one.
 */
export const settings = z.object({
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

/** The settings as they were read. */
export type Environment = z.infer<typeof settings>;
