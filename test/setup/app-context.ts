import type { AppContext } from '../../src/batches/app-context';
import { startBatch } from '../../src/batches/control/start-batch';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { reconcile } from '../../src/batches/reconciling/reconcile';
import { submitChunk } from '../../src/batches/sending/submit-chunk';
import { listBatchAccounts } from '../../src/batches/store/batch-accounts';
import { pollDelivery } from '../../src/batches/tracking/poll-delivery';
import { getReview } from '../../src/batches/views/get-review';
import { createSearchTurns } from '../../src/batches/views/in-search-turn';
import { createLog } from '../../src/log';
import { bukaCredentials, readAccount } from '../../src/providers/onbuka/credentials';
import { createWebhooks } from '../../src/providers/onbuka/webhooks/webhooks';
import {
  allDeferred,
  allUnclear,
  type Rejection,
  type SendOutcome,
  type Unclearness,
} from '../../src/providers/send-outcome';
import type { ProviderCapabilities, SendRequest, SmsProvider } from '../../src/providers/sms-provider';
import { DONE, type JobResult } from '../../src/queue/job-result';
import { createAccounts } from '../../src/tenants/accounts';
import type { PersonActor } from '../../src/tenants/actor';
import { ensureUser } from '../../src/tenants/person';
import { createSecretBox } from '../../src/tenants/secret-box';
import { ensureTenant } from '../../src/tenants/tenant';
import { createTestDatabase } from './database';

/** A provider whose answers a test scripts; it keeps what it was asked to send. */
export interface ScriptedProvider extends SmsProvider {
  capabilities: { -readonly [K in keyof ProviderCapabilities]: ProviderCapabilities[K] };
  /** The numbers of each request, in order. */
  requests: string[][];
  /** Answers to the next requests, in order; later requests are accepted. */
  script: ((request: SendRequest) => ScriptedAnswer | Promise<ScriptedAnswer>)[];
  /** The provider's records, by message id. */
  statuses: Map<
    string,
    { number: string; status: 'delivered' | 'sending' | 'failed'; reason?: string; sentAt?: string }
  >;
}

/** What became of each text, or one thing of the whole request. */
export type ScriptedAnswer = SendOutcome | Rejection | Unclearness;

export interface TestApp {
  app: AppContext;
  provider: ScriptedProvider;
  /** For a worker of its own. */
  connectionString: string;
  tenantId: string;
  userId: string;
  /** The member who sends. */
  actor: PersonActor;
  /** The workspace's default account. */
  accountId: string;
  /** A batch that was imported and reviewed. */
  draft(numbers: string[]): Promise<{ batchId: string; version: number }>;
  /** The same, started. */
  started(numbers: string[]): Promise<string>;
  /** One turn of a lane at each account of the batch. */
  submit(batchId: string, lane?: number): Promise<void>;
  /** One step of tracking at each account of the batch. Returns what the last one said. */
  poll(batchId: string): Promise<JobResult>;
  /** Looks for proof at each account of the batch. Returns what the last one said. */
  reconcile(batchId: string): Promise<JobResult>;
  /** Recipients by status, straight from the table. */
  recipients(batchId: string): Promise<Record<string, number>>;
  batch(batchId: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** How the workspace of a test sends. */
export const ACCOUNT = {
  credentials: { baseUrl: 'http://127.0.0.1:9/v3', apiKey: 'key', apiSecret: 'secret' },
  subAccount: 'app',
};

export async function createTestApp(): Promise<TestApp> {
  const database = await createTestDatabase('guarded');
  const provider = scriptedProvider();
  const providers = { onbuka: provider };
  const accounts = createAccounts(database.knex, createSecretBox(Buffer.alloc(32, 7)), providers);
  const app: AppContext = {
    db: database.knex,
    reads: database.reads,
    searches: createSearchTurns(),
    providers,
    accounts,
    sources: {},
    audiences: {},
    settings: {
      submitTimeoutMs: 1_000,
      // One chunk a turn: a test says how many.
      laneTurnMs: 0,
      deliveryPollMs: 100,
      deliveryHorizonMs: 3_600_000,
      uncertainSettleMs: 60_000,
      messageRefreshMs: 100,
      // A test that is about these bounds sets them lower.
      maxDrafts: { perPerson: 1_000, perKey: 1_000, perWorkspace: 1_000 },
      draftExpiryMs: 24 * 3_600_000,
      maxExportsPerPerson: 2,
      maxComparisonsPerPerson: 1,
      defaultCountry: 'CN',
    },
    log: createLog('silent'),
    draining: new AbortController().signal,
    stopping: new AbortController().signal,
  };
  const tenant = await ensureTenant(database.knex, { slackTeamId: 'T0001', name: 'Test' });
  const person = { tenantId: tenant.id, slackUserId: 'U0001', locale: 'en-US', timeZone: 'UTC' };
  const user = await ensureUser(database.knex, { ...person, role: 'member' });
  const accountId = await accounts.save({ tenantId: tenant.id, provider: 'onbuka' }, ACCOUNT);
  const key = { tenantId: tenant.id, userId: user.id };
  const actor: PersonActor = { kind: 'person', ...key, role: 'member' };
  let drafts = 0;

  async function draft(numbers: string[]) {
    drafts += 1;
    const { batchId } = await createBatch(app, actor, {
      accountId: null,
      submitKey: `draft-${drafts}`,
      content: 'Hello',
      senderId: null,
      defaultCountry: 'CN',
      sources: [{ kind: 'pasted', text: numbers.join('\n') }],
    });
    await importRecipients(app, batchId);
    const review = await getReview(app, actor, batchId);
    return { batchId, version: review?.version ?? 0 };
  }

  async function atEachAccount(
    batchId: string,
    act: (key: { batchId: string; accountId: string }) => Promise<JobResult>,
  ): Promise<JobResult> {
    let result: JobResult = DONE;
    for (const { id } of await listBatchAccounts(app.db, batchId))
      result = await act({ batchId, accountId: id });
    return result;
  }

  return {
    app,
    provider,
    connectionString: database.url,
    ...key,
    actor,
    accountId,
    draft,
    async submit(batchId, lane = 0) {
      await atEachAccount(batchId, (at) => submitChunk(app, { ...at, lane }));
    },
    poll: (batchId) => atEachAccount(batchId, (at) => pollDelivery(app, at)),
    reconcile: (batchId) => atEachAccount(batchId, (at) => reconcile(app, at)),
    async started(numbers) {
      const ready = await draft(numbers);
      await startBatch(app, actor, ready);
      return ready.batchId;
    },
    async recipients(batchId) {
      const rows = await database
        .knex('sms_batch_recipient')
        .where({ batch_id: batchId })
        .groupBy('status')
        .select('status', database.knex.raw('count(*)::int as n'));
      return Object.fromEntries(rows.map((row) => [row.status, row.n]));
    },
    batch: (batchId) => database.knex('sms_batch').where({ id: batchId }).first(),
    close: () => database.drop(),
  };
}

/** Synthetic mobile numbers of China, one after the other. */
export function mobiles(count: number, first = 13_800_138_000): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index));
}

/** Accepts everything, as the provider would. */
export function acceptAll(request: SendRequest): SendOutcome {
  const accepted = request.messages.map(({ orderId }) => ({ orderId, messageId: `m-${orderId}` }));
  return { accepted, refused: [], unclear: [], deferred: [], because: null };
}

function scriptedProvider(): ScriptedProvider {
  const provider: ScriptedProvider = {
    capabilities: {
      textsPerRequest: 10,
      longestText: 1_024,
      idsPerQuestion: 200,
      recordsPerPage: 1_000,
      rangeDays: 31,
      keepsRecordsDays: 90,
      settleMs: 0,
      tellsOrderId: false,
      repeatIsSafe: false,
    },
    credentials: bukaCredentials,
    addressOf: (account) => readAccount(account).baseUrl,
    webhooks: createWebhooks(),
    requests: [],
    script: [],
    statuses: new Map(),
    async sendSmsBatch(_account, request) {
      provider.requests.push(request.messages.map((message) => message.recipientNumber));
      const answer = await (provider.script.shift() ?? acceptAll)(request);
      const outcome = 'kind' in answer ? wholeRequest(request, answer) : answer;
      const numbers = new Map(request.messages.map((one) => [one.orderId, one.recipientNumber]));
      for (const { orderId, messageId } of outcome.accepted) {
        provider.statuses.set(messageId, { number: numbers.get(orderId) ?? '', status: 'sending' });
      }
      return outcome;
    },
    async queryMessageStatusByIds(_account, ids) {
      return listOf(
        ids.map((id) => ({
          id,
          ...(provider.statuses.get(id) ?? { number: '', status: 'unknown' as const }),
        })),
      );
    },
    async *queryMessageStatusByTimeRange(_account, from, until) {
      const inRange = [...provider.statuses].filter(
        ([, { sentAt }]) => !sentAt || (new Date(sentAt) >= from && new Date(sentAt) < until),
      );
      const { results } = listOf(inRange.map(([id, record]) => ({ id, ...record })));
      const { recordsPerPage } = provider.capabilities;
      for (let start = 0; start < results.length; start += recordsPerPage) {
        yield results.slice(start, start + recordsPerPage);
      }
    },
    async getBalance() {
      return {
        spendable: '100.00',
        currency: null,
        parts: [{ name: 'balance', amount: '100.00', written: '100.00' }],
      };
    },
    async listInboundMessages() {
      return [];
    },
  };
  return provider;
}

function wholeRequest({ messages }: SendRequest, because: Rejection | Unclearness): SendOutcome {
  return because.kind === 'rejected' ? allDeferred(messages, because) : allUnclear(messages, because);
}

function listOf(
  records: {
    id: string;
    number: string;
    status: 'delivered' | 'sending' | 'failed' | 'unknown';
    reason?: string;
    sentAt?: string;
  }[],
) {
  const count = (status: string) => records.filter((one) => one.status === status).length;
  return {
    results: records.map(({ id, number, status, reason, sentAt }) => ({
      messageId: id,
      orderId: null,
      recipientNumber: number,
      status,
      sendTime: sentAt ?? null,
      ...(reason ? { reason } : {}),
    })),
    totalSuccess: count('delivered'),
    totalFail: count('failed'),
    totalSending: count('sending'),
    totalNotFound: count('unknown'),
  };
}
