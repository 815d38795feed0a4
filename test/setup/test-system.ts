import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Buka, startBuka } from '@bulk-sms/playground/buka/buka';
import type { BukaOptions } from '@bulk-sms/playground/buka/buka-options';
import { compileShapes } from '@bulk-sms/playground/slack/blocks/check-shape';
import type { SlackOptions } from '@bulk-sms/playground/slack/slack-options';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { Knex } from 'knex';
import { type App, startApp } from '../../src/app';
import { parseConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { createTestDatabase, type TestDatabase } from './database';
import { TEST_KEY } from './test-keys';

/** The whole product against a local Slack and a local Buka, on a database of its own. */
export interface TestSystem {
  slack: Slack;
  buka: Buka;
  db: Knex;
  /** The environment that the bot runs with. */
  env: Record<string, string>;
  /** Starts one more bot on the same database, as another process would. */
  startBot(more?: Record<string, string>): Promise<App>;
  /** Ends everything; fails if the local Slack refused any payload. */
  close(): Promise<void>;
}

export interface TestSystemOptions {
  mode?: 'socket' | 'http';
  env?: Record<string, string>;
  buka?: Partial<BukaOptions>;
  slack?: Partial<SlackOptions>;
  /** Default: one with all tables, no rows, and the guard of states. It is dropped at the end. */
  database?: TestDatabase;
  /** False: a test starts its own bots. */
  bot?: boolean;
}

/**
 * Slack waits for three seconds. No test measures time, since several bots may share a slow machine:
 * `test/slack/listeners/acknowledge-first.test.ts` checks that the acknowledgement comes first, and
 * `bench/measure-ack.ts` measures how long it takes.
 */
const SLACK_WAITS_MS = 30_000;

const ACCOUNT = { apiKey: 'test-key', apiSecret: 'test-secret', appIds: ['test-app'] };

export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  // Before anything starts: compiled when the first modal opens, it would block this process for that long.
  compileShapes();
  const database = options.database ?? (await createTestDatabase('guarded'));
  const dataDir = await mkdtemp(join(tmpdir(), 'sms-test-system-'));
  const slack = await startSlack({
    signingSecret: 'test-signing-secret',
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    ackTimeoutMs: SLACK_WAITS_MS,
    triggerLifeMs: SLACK_WAITS_MS,
    ...options.slack,
  });
  const buka = await startBuka({ apps: [ACCOUNT], seed: 1, ...options.buka });
  const env: Record<string, string> = {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'test-signing-secret',
    SLACK_API_URL: slack.url,
    BUKA_API_KEY: ACCOUNT.apiKey,
    BUKA_API_SECRET: ACCOUNT.apiSecret,
    BUKA_APP_ID: 'test-app',
    BUKA_BASE_URL: buka.url,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    KEY_DIR: join(dataDir, 'keys'),
    ENCRYPTION_KEY: TEST_KEY,
    HOST: '127.0.0.1',
    PORT: '0',
    DEFAULT_COUNTRY: 'CN',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    DELIVERY_POLL_MS: '200',
    MESSAGE_REFRESH_MS: '200',
    // One person stands for many: listeners/open-draft.test.ts has the bound.
    MAX_DRAFTS_PER_PERSON: '100',
    ...(options.mode === 'http' ? {} : { SLACK_APP_TOKEN: 'xapp-test' }),
    ...options.env,
  };
  const bots: App[] = [];
  const system: TestSystem = {
    slack,
    buka,
    db: database.knex,
    env,
    async startBot(more = {}) {
      const config = parseConfig({ ...env, ...more });
      const bot = await startApp(config, createLog(config.logLevel));
      bots.push(bot);
      if (options.mode === 'http') slack.setRequestUrl(`http://127.0.0.1:${bot.port}/slack/events`);
      return bot;
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.stop()));
      const refusedPayloads = slack.refusedPayloads();
      await slack.close();
      await buka.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      expect(refusedPayloads).toEqual([]);
    },
  };
  if (options.bot !== false) await system.startBot();
  return system;
}
