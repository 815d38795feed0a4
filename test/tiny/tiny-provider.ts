import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { ProviderAccount } from '../../src/providers/provider-account';
import type { DeliveryReport, ProviderWebhooks } from '../../src/providers/provider-webhooks';
import { allDeferred, allUnclear, type SendOutcome } from '../../src/providers/send-outcome';
import {
  type CallOptions,
  type MessageStatus,
  type OutgoingSms,
  ProviderError,
  type SmsProvider,
} from '../../src/providers/sms-provider';

/**
 * A second provider, for tests: as unlike Buka as the port allows. One text a request, no order ids in its records, webhooks
 * that are forms and signed, a 429 with a time to wait. tiny-server.ts is its other side.
 */
const credentials = z.object({
  url: z.string(),
  user: z.string(),
  password: z.string(),
  callback: z.string(),
});
type TinyAccount = z.output<typeof credentials>;

const PATH = '/webhooks/tiny/';
const PAGE = 100;

export function createTinyProvider(): SmsProvider {
  return {
    capabilities: {
      textsPerRequest: 1,
      longestText: 160,
      idsPerQuestion: 1,
      recordsPerPage: PAGE,
      rangeDays: 7,
      keepsRecordsDays: 30,
      settleMs: 1_000,
      tellsOrderId: false,
      repeatIsSafe: false,
    },
    credentials,
    addressOf: (account) => readAccount(account).url,
    webhooks,
    async sendSmsBatch(account, { messages }, options) {
      const [message] = messages;
      if (!message || messages.length > 1) throw new RangeError('one request takes one message');
      return send(account, message, options);
    },
    async queryMessageStatusByIds(account, [id = ''], options) {
      const { status, body } = await ask(account, `/texts/${id}`, options);
      const one = status === 404 ? noRecord(id) : toStatus(body);
      const is = (name: string) => (one.status === name ? 1 : 0);
      const totals = { totalSuccess: is('delivered'), totalFail: is('failed'), totalSending: is('sending') };
      return { results: [one], ...totals, totalNotFound: is('unknown') };
    },
    async *queryMessageStatusByTimeRange(account, start, end, options) {
      for (let page = 0; ; page += 1) {
        const query = new URLSearchParams({
          from: start.toISOString(),
          until: end.toISOString(),
          page: String(page),
        });
        const { body } = await ask(account, `/texts?${query}`, options);
        yield body.texts.map(toStatus);
        if (!body.more) return;
      }
    },
    async getBalance(account, options) {
      const { body } = await ask(account, '/balance', options);
      return { spendable: String(body.balance), currency: 'EUR', parts: [] };
    },
    async listInboundMessages() {
      return [];
    },
  };
}

/** Our order id travels in the address that the provider calls back: its records do not have it. */
async function send(
  account: ProviderAccount,
  message: OutgoingSms,
  options?: CallOptions,
): Promise<SendOutcome> {
  const { callback } = readAccount(account);
  const form = {
    To: message.recipientNumber,
    Body: message.content,
    Callback: `${callback}?${new URLSearchParams({ order: message.orderId })}`,
  };
  try {
    const response = await call(account, '/texts', options, new URLSearchParams(form));
    if (response.status === 429) {
      const retryAfterMs = Number(response.headers.get('retry-after')) * 1_000;
      const reason = 'too many requests';
      return allDeferred([message], {
        kind: 'rejected',
        fault: 'retryable',
        code: '429',
        reason,
        retryAfterMs,
      });
    }
    const body = (await response.json()) as TinyReply;
    if (response.status === 201) return accepted(message, body.id);
    if (response.status === 422) return refused(message, String(body.code));
    if (response.status === 401) {
      const reason = 'wrong password';
      return allDeferred([message], { kind: 'rejected', fault: 'account', code: '401', reason });
    }
    return allUnclear([message], {
      kind: 'unclear',
      cause: 'server_error',
      reason: `HTTP ${response.status}`,
    });
  } catch (error) {
    if (isNeverConnected(error)) {
      const reason = 'the provider refuses connections';
      return allDeferred([message], { kind: 'rejected', fault: 'retryable', code: 'refused', reason });
    }
    return allUnclear([message], { kind: 'unclear', cause: 'connection_lost', reason: 'no answer' });
  }
}

const NOTHING: SendOutcome = { accepted: [], refused: [], unclear: [], deferred: [], because: null };
const accepted = ({ orderId }: OutgoingSms, messageId: string): SendOutcome => ({
  ...NOTHING,
  accepted: [{ orderId, messageId }],
});
const refused = ({ orderId }: OutgoingSms, reason: string): SendOutcome => ({
  ...NOTHING,
  refused: [{ orderId, reason }],
});

const isNeverConnected = (error: unknown) =>
  error instanceof Error && (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';

async function ask(account: ProviderAccount, path: string, options?: CallOptions) {
  try {
    const response = await call(account, path, options);
    if (response.status === 401) throw new ProviderError('401', 'account', 'wrong password');
    if (response.status === 429) throw new ProviderError('429', 'too_often', 'asked too often');
    if (response.status >= 500)
      throw new ProviderError(String(response.status), 'busy', 'a fault of the provider');
    return { status: response.status, body: (await response.json()) as TinyReply };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError('unreachable', 'busy', 'the provider cannot be reached', { cause: error });
  }
}

function call(account: ProviderAccount, path: string, options: CallOptions = {}, form?: URLSearchParams) {
  const { url, user, password } = readAccount(account);
  const signals = [AbortSignal.timeout(options.timeoutMs ?? 30_000), options.signal ?? []].flat();
  return fetch(url + path, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    signal: AbortSignal.any(signals),
    ...(form ? { method: 'POST', body: form } : {}),
  });
}

function readAccount({ credentials, address }: ProviderAccount): TinyAccount {
  const stored = credentials as TinyAccount;
  return { ...stored, url: address ?? stored.url };
}

interface TinyRecord {
  id: string;
  to: string;
  status: 'sending' | 'delivered' | 'failed';
  code: string | null;
  sentAt: string;
}

/** Whatever it answers with. */
interface TinyReply extends TinyRecord {
  texts: TinyRecord[];
  more: boolean;
  balance: string;
}

const toStatus = ({ id, to, status, code, sentAt }: TinyRecord): MessageStatus => ({
  messageId: id,
  orderId: null,
  recipientNumber: to,
  status,
  sendTime: sentAt,
  ...(code ? { reason: code } : {}),
});

const noRecord = (messageId: string): MessageStatus => ({
  messageId,
  orderId: null,
  recipientNumber: '',
  status: 'unknown',
  sendTime: null,
});

/** The signature of a webhook: the whole URL and every field, by name. */
export function signTiny(password: string, url: string, form: Record<string, string>): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => name + form[name])
    .join('');
  return createHmac('sha256', password)
    .update(url + fields)
    .digest('base64');
}

const webhooks: ProviderWebhooks = {
  paths: [PATH],
  expects: ({ url, headers }) =>
    new URL(url).pathname.startsWith(PATH) && headers['x-tiny-signature'] !== undefined,
  async receive({ url, headers, rawBody }, { ofSubAccount }) {
    const form = Object.fromEntries(new URLSearchParams(rawBody));
    const signature = headers['x-tiny-signature'] ?? '';
    const signers = (await ofSubAccount(form.Account ?? '')).filter((account) =>
      isEqual(signTiny(readAccount(account).password, url, form), signature),
    );
    if (signers.length === 0) return null;
    const order = new URL(url).searchParams.get('order') ?? '';
    const body = JSON.stringify({ ...form, order });
    return { kind: 'report', body, accountIds: signers.map(({ id }) => id) };
  },
  parseDeliveryReports(body) {
    const { order, Id, To, Status, Code, Account, Price } = JSON.parse(body);
    const report: DeliveryReport = {
      subAccount: Account,
      messageId: Id,
      orderId: order || null,
      recipientNumber: To,
      status: Status,
      reason: Code || null,
      reportedAt: null,
      segmentsCharged: Price ? 1 : null,
      cost: Price || null,
      currency: Price ? 'EUR' : null,
    };
    return { reports: [report], unreadable: 0 };
  },
  parseInbound: () => ({ messages: [], unreadable: 0 }),
  splitBody: (body) => [body],
};

function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
