import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@bulk-sms/playground/demo/free-port';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { AppContext } from '../src/batches/app-context';
import { createSearchTurns } from '../src/batches/views/in-search-turn';
import { type Database, openDatabase } from '../src/db/connect';
import { migrate } from '../src/db/migrate';
import { createLog } from '../src/log';
import { createOnbukaProvider } from '../src/providers/onbuka/onbuka';
import { migrateQueue } from '../src/queue/migrate-queue';
import { createAccounts } from '../src/tenants/accounts';
import type { PersonActor } from '../src/tenants/actor';
import { ensureUser } from '../src/tenants/person';
import { createSecretBox } from '../src/tenants/secret-box';
import { ensureTenant } from '../src/tenants/tenant';
import { peakMb } from './peak-memory';

/** What a benchmark runs on: an embedded PostgreSQL with the product's settings, a local Slack, and a local Buka in its own process. */
export interface BenchSystem {
  database: Database;
  app: AppContext;
  slack: Slack;
  /** The member who sends. */
  actor: PersonActor;
  /** The account that everything is sent through. */
  accountId: string;
  /**
   * Starts a new Buka with this latency and points the account to it. Its texts are delivered evenly within
   * `deliveredWithinMs`, or within about a second.
   */
  startBuka(latencyMs: number, deliveredWithinMs?: number): Promise<void>;
  /** Calls that Buka's control API: POST with a body, GET without. */
  control(path: string, body?: Record<string, unknown>): Promise<{ calls: Record<string, number> }>;
  /** Starts bots, each in its own process, and waits until they are ready. */
  startBots(count: number, env?: Record<string, string>): Promise<Bots>;
  close(): Promise<void>;
}

export interface Bots {
  /** The port of the first one. */
  port: number;
  /** The highest peak memory of any of them, in MB. */
  peakMb(): number;
  stop(): Promise<void>;
}

export const ACCOUNT = { apiKey: 'bench-key', apiSecret: 'bench-secret', appId: 'bench-app' };
/** A list is read for an account, whether or not it is sent; nothing listens here. */
const NO_BUKA = 'http://127.0.0.1:9/v3';
const ENCRYPTION_KEY = randomBytes(32);
const SIGNING_SECRET = 'bench-signing-secret';

export async function startBenchSystem(): Promise<BenchSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sms-bench-'));
  const log = createLog('warn');
  const database = await openDatabase({ dataDir, log });
  await migrate(database.knex);
  await migrateQueue(database.connectionString, log);
  const slack = await startSlack({ signingSecret: SIGNING_SECRET, botToken: 'xoxb-bench', validate: false });
  const providers = { onbuka: createOnbukaProvider() };
  const accounts = createAccounts(database.knex, createSecretBox(ENCRYPTION_KEY), providers);
  const tenant = await ensureTenant(database.knex, { slackTeamId: slack.team.id, name: 'Bench' });
  const seen = { tenantId: tenant.id, slackUserId: 'U0ANNA0001', locale: 'en-US', timeZone: 'UTC' };
  const user = await ensureUser(database.knex, { ...seen, role: 'member' });
  const saveAccount = (baseUrl: string) => {
    const { apiKey, apiSecret, appId } = ACCOUNT;
    const account = { credentials: { baseUrl, apiKey, apiSecret }, subAccount: appId };
    return accounts.save({ tenantId: tenant.id, provider: 'onbuka' }, account);
  };
  const accountId = await saveAccount(NO_BUKA);
  let buka: ChildProcess | undefined;
  let bukaUrl = '';

  return {
    database,
    slack,
    actor: { kind: 'person', tenantId: tenant.id, userId: user.id, role: user.role },
    accountId,
    app: {
      db: database.knex,
      reads: database.reads,
      searches: createSearchTurns(),
      providers,
      accounts,
      sources: {},
      audiences: {},
      settings: {
        submitTimeoutMs: 30_000,
        laneTurnMs: 0,
        deliveryPollMs: 900_000,
        deliveryHorizonMs: 86_400_000,
        uncertainSettleMs: 86_400_000,
        messageRefreshMs: 3_000,
        maxDrafts: { perPerson: 100, perKey: 100, perWorkspace: 1_000 },
        draftExpiryMs: 86_400_000,
        maxExportsPerPerson: 2,
        maxComparisonsPerPerson: 1,
      },
      log,
      draining: new AbortController().signal,
      stopping: new AbortController().signal,
    },
    async startBuka(latencyMs, deliveredWithinMs = 0) {
      buka?.kill();
      const args = [String(latencyMs), String(deliveredWithinMs)];
      buka = runTypeScript(join(__dirname, 'buka-process.ts'), args, {});
      const [line] = (await once(buka.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
      bukaUrl = line.toString().trim();
      await saveAccount(bukaUrl);
    },
    async control(path, body) {
      const answer = await fetch(`${new URL(bukaUrl).origin}/control/${path}`, {
        headers: { 'content-type': 'application/json' },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`The local Buka answered ${answer.status} to ${path}.`);
      return (await answer.json()) as { calls: Record<string, number> };
    },
    startBots: (count, env = {}) =>
      startBots(count, {
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        SLACK_API_URL: slack.url,
        BUKA_API_KEY: ACCOUNT.apiKey,
        BUKA_API_SECRET: ACCOUNT.apiSecret,
        BUKA_APP_ID: ACCOUNT.appId,
        BUKA_BASE_URL: bukaUrl,
        DATABASE_URL: database.connectionString,
        ENCRYPTION_KEY: ENCRYPTION_KEY.toString('hex'),
        DEFAULT_COUNTRY: 'CN',
        HOST: '127.0.0.1',
        // As `npm start` does.
        NODE_OPTIONS: '--max-old-space-size=512 --max-semi-space-size=32',
        LOG_LEVEL: 'error',
        DELIVERY_POLL_MS: '900000',
        // One person stands for many.
        MAX_DRAFTS_PER_PERSON: '100',
        ROLE: 'worker',
        ...env,
      }),
    async close() {
      buka?.kill();
      await slack.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startBots(count: number, env: Record<string, string>): Promise<Bots> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const bots = ports.map((port) => ({
    port,
    process: runTypeScript('src/main.ts', [], { ...env, PORT: String(port) }),
  }));
  await Promise.all(bots.map((bot) => untilReady(bot.port)));
  return {
    port: ports[0] as number,
    peakMb: () => Math.max(...bots.map((bot) => peakMb(bot.process.pid))),
    async stop() {
      await Promise.all(
        bots.map((bot) => {
          const ended = once(bot.process, 'exit');
          bot.process.kill('SIGTERM');
          return ended;
        }),
      );
    },
  };
}

function runTypeScript(file: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: join(__dirname, '..'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function untilReady(port: number): Promise<void> {
  for (let tryNumber = 0; tryNumber < 300; tryNumber += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error('A bot did not become ready.');
}
