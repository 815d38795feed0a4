import { setTimeout as delay } from 'node:timers/promises';
import type { AppContext } from './batches/app-context';
import { refuseMovedAccount } from './batches/provider/refuse-moved-account';
import { createSearchTurns } from './batches/views/in-search-turn';
import { type Config, ConfigError } from './config';
import { countRefusals } from './count-refusals';
import { type Database, openDatabase, ping, tryWrite } from './db/connect';
import { migrate } from './db/migrate';
import { keepLiveness } from './db/worker-liveness';
import { createBodyBudget } from './http/bodies/body-budget';
import { health, ready } from './http/health';
import { receiveSlackRequests } from './http/receive-slack-requests';
import { type Route, startHttpServer } from './http/server';
import { webhookRoutes } from './http/webhooks/webhook-routes';
import type { Log } from './log';
import { createProviders } from './providers/create-providers';
import type { SmsProvider } from './providers/sms-provider';
import { migrateQueue } from './queue/migrate-queue';
import { startWorker, type Worker } from './queue/start-worker';
import { createAudience, SLACK_AUDIENCE } from './slack/client/audience/audience';
import { downloadFileOf, SLACK_FILES } from './slack/client/download-file';
import { keepInstalled } from './slack/client/keep-installed';
import { createWorkspaces } from './slack/client/workspaces';
import { createSlackApp } from './slack/slack-app';
import { createAccounts } from './tenants/accounts';
import { developmentKey } from './tenants/development-key';
import { assertOpens, createSecretBox, type SecretBox, type StoredSecret } from './tenants/secret-box';
import { createWebhookAddresses, type EnvironmentAddress } from './tenants/webhook-addresses';
import { createHandlers } from './worker/handlers';
import { repairAfterDeaths } from './worker/repair-after-deaths';
import { scheduleSweeps } from './worker/schedule-sweeps';

export interface App {
  port: number;
  /** Where the data is, for the person who started it. */
  location: string;
  /** Takes no new work; ends what runs, or leaves it to the next start, within 10 s. */
  stop(): Promise<void>;
}

/** When stopping, open requests to the provider may take this much longer; then they are aborted. */
const LET_REQUESTS_END_MS = 4_000;
/** By then their outcomes are recorded, unless the database is away; the next start takes care of what is left. */
const LET_JOBS_END_MS = 5_000;
const LET_RESPONSES_END_MS = 500;
/** Long enough that the cost of a turn does not matter, short enough that a small batch does not wait. */
const LANE_TURN_MS = 500;
/** The provider of the account that the settings name. */
const ENVIRONMENT_PROVIDER = 'onbuka';
const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;

/**
 * The wiring diagram. The parts are made in order, and each pushes its own undo. A stop runs that list backwards, and so
 * does a start that fails half-way. Throws ConfigError, DatabaseError and others, whose messages say what is wrong.
 */
export async function startApp(
  config: Config,
  log: Log,
  { providers = createProviders() } = {},
): Promise<App> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = once(async () => {
    for (const step of undo.reverse()) await step();
  });
  try {
    const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log });
    undo.push(database.close);
    log.info(`Data: ${database.location}`);
    // First, so that a migration can move jobs there.
    await migrateQueue(database.connectionString, log);
    await migrate(database.knex);
    const liveness = await keepLiveness(database.connectionString, log);
    undo.push(() => within(LET_RESPONSES_END_MS, liveness.stop()));
    let worker: Worker | null = null;
    // Almost the last step: from then on another process may do what this one still tries to end.
    undo.push(() => within(LET_RESPONSES_END_MS, leaveJobs(worker)));

    const [draining, stopping] = [new AbortController(), new AbortController()];
    const secrets = createSecretBox(await chooseKey(config, log));
    const app = createAppContext(config, database, secrets, providers, log, {
      draining: draining.signal,
      stopping: stopping.signal,
      worker: liveness.name,
    });
    const workspaces = createWorkspaces({ settings: config.slack, app, log, secrets });
    app.sources[SLACK_FILES] = ({ tenantId, ref }) => downloadFileOf(workspaces, tenantId, ref);
    app.audiences[SLACK_AUDIENCE] = createAudience(workspaces);
    // Before anything is stored with this key.
    const sealed = [...(await app.accounts.listSealed()), ...(await workspaces.listSealed())];
    assertOpens(secrets, sealed);
    refuseWeakKey(config, sealed, log);
    await app.accounts.addWebhookSecrets();
    let ownTenantId: string | null = null;
    const token = await keepInstalled(workspaces, config.slack.botToken, (tenantId) => {
      ownTenantId = tenantId;
      return seedAccount(config, app, tenantId);
    });
    undo.push(token.stop);

    const slackApp = config.role === 'worker' ? null : createSlackApp(workspaces, token);
    const doors = {
      bodies: createBodyBudget(),
      countRefusal: countRefusals<string>(log, 'HTTP requests were refused'),
    };
    const routes: Record<string, Route> = {
      'GET /healthz': health,
      'GET /readyz': ready({
        database: () => ping(database.knex),
        writes: () => tryWrite(database.knex),
        slack: () => slackApp?.isConnected() ?? true,
        needsSlack: slackApp !== null && slackApp.requests === null,
        worker: () => config.role === 'web' || (worker?.alive() ?? false),
      }),
    };
    if (slackApp?.requests)
      routes['POST /slack/events'] = receiveSlackRequests({ slack: slackApp.requests, ...doors });
    if (config.role !== 'worker') {
      const environment = environmentAddress(config, () => ownTenantId);
      const addresses = createWebhookAddresses(app.db, environment);
      Object.assign(routes, webhookRoutes(app, config.publicUrl, addresses, doors));
    }
    const http = await startHttpServer({ host: config.host, port: config.port, routes, log });
    undo.push(() => http.stop(LET_RESPONSES_END_MS));

    if (config.role !== 'web') {
      await repairAfterDeaths(app);
      worker = await startWorker({
        connectionString: database.connectionString,
        handlers: createHandlers(app, workspaces),
        liveness,
        submitConcurrency: config.submitConcurrency,
        log,
      });
      undo.push(stopWorker(worker, draining, stopping));
      undo.push(await scheduleSweeps(app));
    }
    if (slackApp) {
      await slackApp.start({ mustConnect: !token.wasInstalled });
      undo.push(() => slackApp.stop());
    }
    return { port: http.port, location: database.location, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function chooseKey(config: Config, log: Log): Promise<Buffer> {
  if (config.encryptionKey) return config.encryptionKey.bytes;
  const { key, path } = await developmentKey(config);
  log.info(`Key: ${path}. Save it apart from the data, which cannot be used without it`);
  return key;
}

/** Where secrets were sealed with a weak key already, a refusal would stop texts that were ordered: it is warned of. */
function refuseWeakKey({ encryptionKey }: Config, sealed: StoredSecret[], log: Log): void {
  if (!encryptionKey?.isWeak) return;
  const fault = 'can be guessed: few different bytes, a pattern or a sentence';
  if (sealed.every((one) => one.sealed === '')) {
    const advice = 'make one with: openssl rand -base64 32';
    throw new ConfigError([{ variable: 'ENCRYPTION_KEY', fault: `${fault}; ${advice}` }]);
  }
  log.warn(`ENCRYPTION_KEY ${fault}. docs/UPGRADE.md says how to change it ("A key that can be guessed")`);
}

function createAppContext(
  config: Config,
  database: Database,
  secrets: SecretBox,
  providers: Record<string, SmsProvider>,
  log: Log,
  own: Pick<AppContext, 'draining' | 'stopping' | 'worker'>,
): AppContext {
  return {
    db: database.knex,
    reads: database.reads,
    searches: createSearchTurns(),
    providers,
    sources: {},
    audiences: {},
    accounts: createAccounts(database.knex, secrets, providers),
    settings: {
      submitTimeoutMs: config.submitTimeoutMs,
      laneTurnMs: LANE_TURN_MS,
      deliveryPollMs: config.deliveryPollMs,
      deliveryHorizonMs: config.deliveryHorizonHours * MS_PER_HOUR,
      uncertainSettleMs: config.uncertainSettleMinutes * MS_PER_MINUTE,
      messageRefreshMs: config.slack.messageRefreshMs,
      maxDrafts: config.maxDrafts,
      draftExpiryMs: config.draftExpiryHours * MS_PER_HOUR,
      maxExportsPerPerson: config.maxRunningExportsPerPerson,
      maxComparisonsPerPerson: config.maxRunningComparisonsPerPerson,
      defaultCountry: config.defaultCountry,
    },
    log,
    ...own,
  };
}

/** Stores the environment's provider account as that of the workspace of its bot token. */
async function seedAccount(config: Config, app: AppContext, tenantId: string): Promise<void> {
  const account = { tenantId, provider: ENVIRONMENT_PROVIDER };
  await refuseMovedAccount(app, account, config.account);
  await app.accounts.save(account, config.account);
}

function environmentAddress(config: Config, tenantId: () => string | null): EnvironmentAddress {
  const { subAccount } = config.account;
  return { provider: ENVIRONMENT_PROVIDER, secret: config.bukaCallbackSecret ?? null, subAccount, tenantId };
}

function stopWorker(
  worker: Worker,
  draining: AbortController,
  stopping: AbortController,
): () => Promise<void> {
  return async () => {
    draining.abort();
    const abort = setTimeout(() => stopping.abort(), LET_REQUESTS_END_MS);
    await within(LET_JOBS_END_MS, worker.stop());
    clearTimeout(abort);
    stopping.abort();
  };
}

/** Where the database is away, they are taken for jobs whose process has died. */
async function leaveJobs(worker: Worker | null): Promise<void> {
  await worker?.leaveJobs().catch(() => undefined);
}

/** Waits no longer than this: a stop that waits for a database that is away would never end. */
async function within(ms: number, ended: Promise<void>): Promise<void> {
  await Promise.race([ended, delay(ms, undefined, { ref: false })]);
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}
