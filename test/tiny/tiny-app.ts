import { recordDeliveryReports } from '../../src/batches/tracking/record-delivery-reports';
import { storeWebhooks } from '../../src/batches/tracking/store-webhook';
import { createBodyBudget } from '../../src/http/bodies/body-budget';
import { startHttpServer } from '../../src/http/server';
import { receiveWebhooks } from '../../src/http/webhooks/receive-webhooks';
import type { WebhookAccounts } from '../../src/providers/provider-webhooks';
import type { ProviderCapabilities } from '../../src/providers/sms-provider';
import { createTestApp, type TestApp } from '../setup/app-context';
import { addTinyTable, saveTinyAccount } from './tiny-account';
import { createTinyProvider } from './tiny-provider';
import { startTinyServer, type TinyServer } from './tiny-server';

/** The verbs on a real database, with the tiny provider over HTTP beside the scripted one. */
export interface TinyApp extends TestApp {
  server: TinyServer;
  tinyAccountId: string;
  /** Applies all webhooks that were received. */
  applyReports(): Promise<void>;
  /** What the account waits for (its pace, a Retry-After) is over. */
  letWaitsPass(): Promise<void>;
  /** Every submission of a batch, in the order in which they were planned. */
  submissions(batchId: string): Promise<Record<string, unknown>[]>;
}

interface TinyAppOptions {
  latencyMs?: number;
  requestsPerSecond?: number;
  /** Countries whose recipients go to the tiny provider. Without them it has everybody. */
  countries?: string[];
  capabilities?: Partial<ProviderCapabilities>;
}

export async function createTinyApp({
  latencyMs,
  capabilities,
  ...options
}: TinyAppOptions = {}): Promise<TinyApp> {
  const test = await createTestApp();
  const { app, tenantId } = test;
  // A slow machine is no lost answer.
  app.settings.submitTimeoutMs = 30_000;
  const tiny = createTinyProvider();
  app.providers.tiny = { ...tiny, capabilities: { ...tiny.capabilities, ...capabilities } };
  await addTinyTable(app.db);
  const server = await startTinyServer({ latencyMs });
  const door = await openWebhooks(test);
  const account = { tenantId, url: server.url, publicUrl: door.url, ...options };
  const tinyAccountId = await saveTinyAccount(app.db, app.accounts, account);
  return {
    ...test,
    server,
    tinyAccountId,
    async applyReports() {
      await recordDeliveryReports(app, 'tiny');
    },
    async letWaitsPass() {
      await app.db('provider_account').update({ next_request_at: app.db.fn.now(), held_until: null });
      await app.db('sms_submission').where({ outcome: 'waiting' }).update({ not_before: app.db.fn.now() });
    },
    submissions: (batchId) => app.db('sms_submission').where({ batch_id: batchId }).orderBy('id'),
    async close() {
      await server.close();
      await door.close();
      await test.close();
    },
  };
}

/** Where the provider's webhooks come in, as in app.ts. */
async function openWebhooks({ app }: TestApp): Promise<{ url: string; close(): Promise<void> }> {
  const { webhooks } = app.providers.tiny ?? createTinyProvider();
  const accounts: WebhookAccounts = {
    ofSubAccount: (subAccount) => app.accounts.listBySubAccount('tiny', subAccount),
    atAddress: async () => null,
  };
  const receiver = {
    publicUrl: '',
    expects: (request: Parameters<typeof webhooks.expects>[0]) => webhooks.expects(request, accounts),
    receive: (request: Parameters<typeof webhooks.receive>[0]) => webhooks.receive(request, accounts),
    store: (received: Parameters<typeof storeWebhooks>[2]) => storeWebhooks(app, 'tiny', received),
    log: app.log,
    bodies: createBodyBudget(),
    countRefusal: () => {},
  };
  const routes: Parameters<typeof startHttpServer>[0]['routes'] = {};
  const http = await startHttpServer({ host: '127.0.0.1', port: 0, routes, log: app.log });
  const url = `http://127.0.0.1:${http.port}`;
  for (const path of webhooks.paths) {
    const route = `POST ${path}*`;
    routes[route] = receiveWebhooks({ ...receiver, publicUrl: url, route });
  }
  return { url, close: () => http.stop(0) };
}
