import type { AppContext } from '../../src/batches/app-context';
import { startBatch } from '../../src/batches/control/start-batch';
import { createBatch } from '../../src/batches/importing/create-batch';
import { importRecipients } from '../../src/batches/importing/import-recipients';
import { getReview } from '../../src/batches/views/get-review';
import { createLog } from '../../src/log';
import { parseDeliveryReports } from '../../src/providers/onbuka/webhooks/delivery-reports';
import { parseInbound } from '../../src/providers/onbuka/webhooks/inbound-sms';
import type { SendOutcome, SendRequest, SmsProvider } from '../../src/providers/sms-provider';
import { createAccounts } from '../../src/tenants/accounts';
import { ensureUser } from '../../src/tenants/person';
import { createSecretBox } from '../../src/tenants/secret-box';
import { ensureTenant } from '../../src/tenants/tenant';
import { createTestDatabase } from './database';
import { guardStates } from './guard-states';

/** A provider whose answers a test scripts; it keeps what it was asked to send. */
export interface ScriptedProvider
  extends Omit<SmsProvider, 'maxMessagesPerSend' | 'maxIdsPerQuery' | 'maxRecordsPerPage'> {
  maxMessagesPerSend: number;
  maxIdsPerQuery: number;
  maxRecordsPerPage: number;
  /** The numbers of each request, in order. */
  requests: string[][];
  /** Answers to the next requests, in order; later requests are accepted. */
  script: ((request: SendRequest) => SendOutcome | Promise<SendOutcome>)[];
  /** The provider's records, by message id. */
  statuses: Map<
    string,
    { number: string; status: 'delivered' | 'sending' | 'failed'; reason?: string; sentAt?: string }
  >;
}

export interface TestApp {
  app: AppContext;
  provider: ScriptedProvider;
  tenantId: string;
  userId: string;
  /** A batch that was imported and reviewed. */
  draft(numbers: string[]): Promise<{ batchId: string; version: number }>;
  /** The same, started. */
  started(numbers: string[]): Promise<string>;
  /** Recipients by status, straight from the table. */
  recipients(batchId: string): Promise<Record<string, number>>;
  batch(batchId: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function createTestApp(): Promise<TestApp> {
  const database = await createTestDatabase();
  await guardStates(database.knex);
  const provider = scriptedProvider();
  const accounts = createAccounts(database.knex, createSecretBox(Buffer.alloc(32, 7)));
  const app: AppContext = {
    db: database.knex,
    providers: { onbuka: provider },
    accounts,
    settings: {
      submitTimeoutMs: 1_000,
      // One chunk a turn: a test says how many.
      laneTurnMs: 0,
      deliveryPollMs: 100,
      deliveryHorizonMs: 3_600_000,
      uncertainSettleMs: 60_000,
      messageRefreshMs: 100,
      defaultCountry: 'CN',
    },
    log: createLog('silent'),
    stopping: new AbortController().signal,
  };
  const tenant = await ensureTenant(database.knex, { slackTeamId: 'T0001', name: 'Test' });
  const person = { tenantId: tenant.id, slackUserId: 'U0001', locale: 'en-US', timeZone: 'UTC' };
  const user = await ensureUser(database.knex, { ...person, role: 'member' });
  await accounts.save(
    { tenantId: tenant.id, provider: 'onbuka' },
    {
      baseUrl: 'http://127.0.0.1:9/v3',
      apiKey: 'key',
      apiSecret: 'secret',
      appId: 'app',
      senderId: undefined,
    },
  );
  const key = { tenantId: tenant.id, userId: user.id };
  let drafts = 0;

  async function draft(numbers: string[]) {
    drafts += 1;
    const { batchId } = await createBatch(app, {
      ...key,
      provider: 'onbuka',
      submitKey: `draft-${drafts}`,
      content: 'Hello',
      senderId: null,
      defaultCountry: 'CN',
      slackChannelId: 'C0001',
      slackViewId: null,
      sources: [{ kind: 'pasted', text: numbers.join('\n') }],
    });
    await importRecipients(app, batchId, () => {
      throw new Error('there is no file');
    });
    const review = await getReview(app, { ...key, batchId });
    return { batchId, version: review?.version ?? 0 };
  }

  return {
    app,
    provider,
    ...key,
    draft,
    async started(numbers) {
      const ready = await draft(numbers);
      await startBatch(app, { ...key, ...ready });
      return ready.batchId;
    },
    async recipients(batchId) {
      const rows = await database
        .knex('sms_batch_buka_detail')
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
  return { kind: 'accepted', accepted, refused: [], unclear: [] };
}

function scriptedProvider(): ScriptedProvider {
  const provider: ScriptedProvider = {
    maxMessagesPerSend: 10,
    maxIdsPerQuery: 200,
    maxRecordsPerPage: 1_000,
    keepsRecordsDays: 90,
    requests: [],
    script: [],
    statuses: new Map(),
    async sendSmsBatch(_account, request) {
      provider.requests.push(request.messages.map((message) => message.recipientNumber));
      const outcome = await (provider.script.shift() ?? acceptAll)(request);
      if (outcome.kind === 'accepted') {
        const numbers = new Map(request.messages.map((one) => [one.orderId, one.recipientNumber]));
        for (const { orderId, messageId } of outcome.accepted) {
          provider.statuses.set(messageId, { number: numbers.get(orderId) ?? '', status: 'sending' });
        }
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
    async queryMessageStatusByTimeRange(_account, from, until) {
      const inRange = [...provider.statuses].filter(
        ([, { sentAt }]) => !sentAt || (new Date(sentAt) >= from && new Date(sentAt) < until),
      );
      return listOf(inRange.map(([id, record]) => ({ id, ...record })));
    },
    async *pagesByTimeRange(...asked) {
      const { results } = await provider.queryMessageStatusByTimeRange(...asked);
      for (let start = 0; start < results.length; start += provider.maxRecordsPerPage) {
        yield results.slice(start, start + provider.maxRecordsPerPage);
      }
    },
    async getBalance() {
      return { spendable: '100.00', balance: '100.00', gift: '0', credit: '0' };
    },
    async listInboundMessages() {
      return [];
    },
    parseDeliveryReports,
    parseInbound,
  };
  return provider;
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
