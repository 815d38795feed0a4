import type { SlackOptions } from '@bulk-sms/playground/slack/slack-options';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import type { AppContext } from '../../src/batches/app-context';
import type { BatchSummary } from '../../src/batches/batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { listBatches } from '../../src/batches/views/get-batch-summary';
import { parseConfig } from '../../src/config';
import { createBodyBudget } from '../../src/http/bodies/body-budget';
import { receiveSlackRequests } from '../../src/http/receive-slack-requests';
import { type HttpServer, startHttpServer } from '../../src/http/server';
import { createLog } from '../../src/log';
import type { JobResult } from '../../src/queue/job-result';
import { CALLBACKS } from '../../src/slack/blocks/ids';
import type { ShownBatch } from '../../src/slack/blocks/parts/shown-batch';
import { createAudience, SLACK_AUDIENCE } from '../../src/slack/client/audience/audience';
import { downloadFileOf, SLACK_FILES } from '../../src/slack/client/download-file';
import type { SlackClients } from '../../src/slack/client/slack-clients';
import { createWorkspaces, type Workspaces } from '../../src/slack/client/workspaces';
import type { SignedRequests } from '../../src/slack/listeners/signed-requests';
import { showReview } from '../../src/slack/posts/show-review';
import { createSlackApp } from '../../src/slack/slack-app';
import { getShownBatch } from '../../src/slack/store/shown-batches';
import { system } from '../../src/tenants/actor';
import { createSecretBox } from '../../src/tenants/secret-box';
import { ACCOUNT, createTestApp, type ScriptedProvider, type TestApp } from '../setup/app-context';
import { byHand } from '../setup/guard-states';

export const ANNA = 'U0ANNA0001';
export const LIWEI = 'U0LIWEI001';
export const BEN = 'U0BEN00001';

/** The real Slack app, the real core and a local Slack. The test itself runs the jobs, one by one. */
export interface Harness extends Pick<TestApp, 'submit' | 'poll' | 'reconcile'> {
  slack: Slack;
  app: AppContext;
  provider: ScriptedProvider;
  workspaces: Workspaces;
  clients: SlackClients;
  tenantId: string;
  /** The workspace's default account. */
  accountId: string;
  marketing: string;
  /** Where Slack sends its requests in HTTP mode; else empty. */
  requestUrl: string;
  /** Opens the form in #marketing and returns its view id. */
  compose(userId?: string): Promise<string>;
  /** The latest draft or batch. */
  latestId(): Promise<string>;
  /** Reads the latest draft's list and shows the review. Returns the batch id. */
  read(): Promise<string>;
  /** A batch of these numbers that was started; nothing is submitted yet. Returns its id. */
  started(numbers: string[]): Promise<string>;
  /** Submits everything that is waiting. */
  submitAll(batchId: string): Promise<void>;
  /** Marks every recipient as delivered, as tracking would. */
  complete(batchId: string): Promise<void>;
  /** The batch, and where Slack shows it. */
  summary(batchId: string): Promise<ShownBatch>;
  batches(): Promise<BatchSummary[]>;
  close(): Promise<void>;
}

export const SECRETS = {
  signingSecret: 'a-signing-secret-of-the-tests',
  botToken: 'xoxb-tests',
  appToken: 'xapp-tests',
};

/**
 * Slack waits for three seconds. No test measures time: `listeners/acknowledge-first.test.ts` checks that the
 * acknowledgement comes first, and `bench/measure-ack.ts` measures how long it takes.
 */
const PATIENCE = { ackTimeoutMs: 30_000, triggerLifeMs: 30_000 };

export async function createHarness(
  mode: 'http' | 'socket',
  options: Partial<SlackOptions> = {},
): Promise<Harness> {
  const slack = await startSlack({ ...SECRETS, ...PATIENCE, ...options });
  const { app, provider, submit, poll, reconcile, close: closeApp } = await createTestApp();
  const workspaces = createWorkspaces({
    settings: settings(mode, slack.url),
    app,
    log: createLog('silent'),
    secrets: createSecretBox(Buffer.alloc(32, 7)),
  });
  app.sources[SLACK_FILES] = ({ tenantId, ref }) => downloadFileOf(workspaces, tenantId, ref);
  app.audiences[SLACK_AUDIENCE] = createAudience(workspaces);
  const clients = await workspaces.install(SECRETS.botToken);
  const { tenantId } = clients.workspace;
  const accountId = await app.accounts.save({ tenantId, provider: 'onbuka' }, ACCOUNT);
  const slackApp = createSlackApp(workspaces, {
    isAccepted: () => true,
    appId: () => clients.workspace.appId,
  });
  await slackApp.start({ mustConnect: true });
  const server = slackApp.requests ? await listenToSlack(slackApp.requests) : null;
  if (server) slack.setRequestUrl(server.url);
  if (!server) await slack.waitFor(() => slack.sockets.count() > 0);

  const marketing = slack.channel('marketing').id;
  const latestId = async () => (await app.db('sms_batch').max('id as id').first())?.id as string;
  const harness: Harness = {
    slack,
    app,
    provider,
    workspaces,
    clients,
    tenantId,
    accountId,
    submit,
    poll,
    reconcile,
    marketing,
    requestUrl: server?.url ?? '',
    latestId,
    async compose(userId = ANNA) {
      const person = slack.as(userId);
      await person.command('/sms send', marketing);
      const isForm = () => person.modal()?.callback_id === CALLBACKS.compose;
      await slack.waitFor(isForm);
      return person.modal()?.id as string;
    },
    async read() {
      const batchId = await latestId();
      await importRecipients(app, batchId);
      await showReview(clients, batchId);
      return batchId;
    },
    async started(numbers) {
      const anna = slack.as(ANNA);
      const viewId = await harness.compose();
      await anna.submit(viewId, { Message: 'Hello', 'Or paste numbers': numbers.join('\n') });
      const batchId = await harness.read();
      await anna.submit(viewId);
      return batchId;
    },
    async submitAll(batchId) {
      const waiting = async () => (await harness.summary(batchId)).counts.waiting;
      for (let turn = 0; turn < 50 && (await waiting()) > 0; turn += 1) await submit(batchId);
    },
    complete: (batchId) =>
      byHand(app.db, async (trx) => {
        const ended = { status: 'completed', completed_at: trx.fn.now(), version: trx.raw('version + 1') };
        const counts = { sending_count: 0, success_count: trx.raw('total_count') };
        await trx('sms_batch')
          .where({ id: batchId })
          .update({ ...ended, ...counts });
      }),
    async summary(batchId) {
      const found = await getShownBatch(app, system(tenantId), batchId);
      if (!found) throw new Error(`There is no batch ${batchId}.`);
      return found;
    },
    batches: () => listBatches(app, system(tenantId), 100),
    async close() {
      await slackApp.stop();
      await server?.stop(0);
      await slack.close();
      await closeApp();
    },
  };
  return harness;
}

/**
 * One harness for all tests of a file or a `describe`. At the end, checks that Slack refused none of our
 * payloads.
 */
export function sharedHarness(...options: Parameters<typeof createHarness>): Harness {
  const harness = {} as Harness;
  beforeAll(async () => void Object.assign(harness, await createHarness(...options)));
  afterAll(() => closeCleanly(harness));
  return harness;
}

/** A new harness for each test, with the same check. */
export function freshHarness(...options: Parameters<typeof createHarness>): Harness {
  const harness = {} as Harness;
  beforeEach(async () => void Object.assign(harness, await createHarness(...options)));
  afterEach(() => closeCleanly(harness));
  return harness;
}

async function closeCleanly(harness: Harness): Promise<void> {
  expect(harness.slack.refusedPayloads()).toEqual([]);
  await harness.close();
}

function settings(mode: 'http' | 'socket', apiUrl: string) {
  const { slack } = parseConfig({
    SLACK_BOT_TOKEN: SECRETS.botToken,
    ...(mode === 'http'
      ? { SLACK_SIGNING_SECRET: SECRETS.signingSecret }
      : { SLACK_APP_TOKEN: SECRETS.appToken }),
    SLACK_API_URL: apiUrl,
    BUKA_API_KEY: 'key',
    BUKA_API_SECRET: 'secret',
    BUKA_APP_ID: 'app',
    MESSAGE_REFRESH_MS: '100',
  });
  return slack;
}

/** A server for what Slack sends, as in app.ts. */
export async function listenToSlack(requests: SignedRequests): Promise<HttpServer & { url: string }> {
  const log = createLog('silent');
  const route = receiveSlackRequests({
    slack: requests,
    bodies: createBodyBudget(),
    countRefusal: () => {},
  });
  const routes = { 'POST /slack/events': route };
  const server = await startHttpServer({ host: '127.0.0.1', port: 0, routes, log });
  return { ...server, url: `http://127.0.0.1:${server.port}/slack/events` };
}

/** Everything in a view or message, as one JSON text. */
export const shownIn = (what: object | null | undefined) => JSON.stringify(what ?? null);

/** After how many milliseconds a job wants to run again; null where it is done. */
export const snoozeOf = (result: JobResult) => (result.kind === 'snooze' ? result.snoozeMs : null);

/** Runs a job as the worker does: until it does not snooze any more. */
export async function runToEnd(job: () => Promise<JobResult>): Promise<void> {
  for (;;) {
    const snoozeMs = snoozeOf(await job());
    if (snoozeMs === null) return;
    await new Promise((resolve) => setTimeout(resolve, snoozeMs));
  }
}

/** Waits for a change in the database that no signal announces. Throws after `timeoutMs`. */
export async function until(isSo: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await isSo()); ) {
    if (Date.now() > end) throw new Error('It did not come about in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
