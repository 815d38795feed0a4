/**
 * How an SMS leaves: all that the product knows of a provider. A second provider is a folder beside
 * `onbuka/` that implements `SmsProvider`; nothing above this file knows a provider's field name.
 */

/** What is needed to speak for one account. `apiSecret` is in the clear here: never log an account. */
export interface ProviderAccount {
  baseUrl: string;
  apiKey: string;
  apiSecret: string;
  appId: string;
}

/** One text to one person. `orderId` is ours, unique for ever, at most 50 characters. */
export interface OutgoingSms {
  orderId: string;
  /** E.164, with the leading `+`. */
  recipientNumber: string;
  content: string;
}

export interface SendRequest {
  /** 1 to `SmsProvider.maxMessagesPerSend` messages. */
  messages: OutgoingSms[];
  senderId?: string | undefined;
}

/**
 * Whose fault a refusal is, which decides what happens next:
 * - `account`: nothing can be sent until a person acts (credentials, balance, allow-list, lock): the batch pauses;
 * - `content`: this text will never be accepted: the batch fails;
 * - `numbers`: some number in the request is bad: narrow it down;
 * - `retryable`: the same request may succeed later;
 * - `request`: the provider calls our request wrong: our bug, the batch pauses and says so.
 */
export type RejectionFault = 'account' | 'content' | 'numbers' | 'retryable' | 'request';

export type UnknownCause =
  | 'timeout'
  | 'connection_lost'
  | 'server_error'
  | 'unreadable_reply'
  | 'interface_fault';

/** What became of one request to send. A value, never a guess. */
export type SendOutcome =
  | {
      kind: 'accepted';
      accepted: { orderId: string; messageId: string }[];
      /** The provider took the request but not these numbers. */
      refused: { orderId: string; reason: string }[];
      /** The reply contradicts itself about these: neither accepted nor refused is proved. */
      unclear: { orderId: string }[];
    }
  | {
      kind: 'rejected';
      fault: RejectionFault;
      /** The provider's own code, as text: `-10`, `http_429`, `connect_refused`. */
      code: string;
      /** The provider's own words, or ours where there are none. Never holds a credential or a number. */
      reason: string;
      /** How long the provider asked us to wait. */
      retryAfterMs?: number | undefined;
    }
  | { kind: 'unknown'; cause: UnknownCause; reason: string };

export type MessageStatusName = 'delivered' | 'sending' | 'failed' | 'unknown';

export interface MessageStatus {
  messageId: string;
  /** E.164 with `+`; empty where the provider does not know the message (yet). */
  recipientNumber: string;
  /** `unknown`: the provider has no record yet, or answered with a status that we do not know. */
  status: MessageStatusName;
  /** ISO 8601, as far as the provider tells. */
  sendTime: string | null;
  /** The provider's words for a failure, where it gives any. */
  reason?: string | undefined;
}

export interface MessageStatusList {
  results: MessageStatus[];
  totalSuccess: number;
  totalFail: number;
  totalSending: number;
  totalNotFound: number;
}

/** Money as decimal strings, exactly as the provider wrote it; never a float. */
export interface Balance {
  /** Sum of what can be spent. */
  spendable: string;
  balance: string;
  gift: string;
  credit: string;
}

/** One outcome, pushed by the provider. A hint: believed only where it agrees with our own tables. */
export interface DeliveryReport {
  appId: string | null;
  messageId: string | null;
  orderId: string | null;
  /** E.164 with `+`, or null where the report's number is unreadable. */
  recipientNumber: string | null;
  status: 'delivered' | 'failed';
  reason: string | null;
  /** ISO 8601. */
  reportedAt: string | null;
  segmentsCharged: number | null;
  /** Decimal string. */
  cost: string | null;
  currency: string | null;
}

/** A text that a recipient sent to us. */
export interface InboundSms {
  messageId: string | null;
  /** Who wrote; E.164 with `+`. */
  fromNumber: string | null;
  /** What they wrote to (our sender ID). */
  toSenderId: string | null;
  content: string;
  /** ISO 8601 with offset. */
  receivedAt: string | null;
}

/** Bounds of one call. `signal` cancels early (shutdown). */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

export interface SmsProvider {
  readonly maxMessagesPerSend: number;
  readonly maxIdsPerQuery: number;
  /** So many messages of a time range come with one call. */
  readonly maxRecordsPerPage: number;
  /** Of what was sent before, the provider tells nothing any more. */
  readonly keepsRecordsDays: number;
  /** Sends once. Never throws for an outcome of the network or the provider, and never repeats a request. */
  sendSmsBatch(account: ProviderAccount, request: SendRequest, options?: CallOptions): Promise<SendOutcome>;
  /** Any number of ids; each is in `results` exactly once. Throws `ProviderError`. */
  queryMessageStatusByIds(
    account: ProviderAccount,
    messageIds: string[],
    options?: CallOptions & { concurrency?: number },
  ): Promise<MessageStatusList>;
  /** Everything the account sent in [start, end), any period. Throws `ProviderError`. */
  queryMessageStatusByTimeRange(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): Promise<MessageStatusList>;
  /**
   * The same, a page at a time, each asked for when the one before is done with: no more than two are held, however
   * long the period. A message may come in two pages. Throws `ProviderError`.
   */
  pagesByTimeRange(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): AsyncIterable<MessageStatus[]>;
  getBalance(account: ProviderAccount, options?: CallOptions): Promise<Balance>;
  /** Inbound messages of [start, end). Throws `ProviderError`. */
  listInboundMessages(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): Promise<InboundSms[]>;
  /** A pushed body, one report or a list; what cannot be read is left out and counted. */
  parseDeliveryReports(body: unknown): { reports: DeliveryReport[]; unreadable: number };
  parseInbound(body: unknown): { messages: InboundSms[]; unreadable: number };
}

/** A question (not a send) that got no usable answer. `message` is safe to log and to show. */
export class ProviderError extends Error {
  constructor(
    readonly code: string,
    /** `account`: a person must act. `busy`: asked too often or not reachable, try later. `request`: our bug. */
    readonly fault: 'account' | 'busy' | 'request',
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message, options);
    this.name = 'ProviderError';
    this.retryAfterMs = options?.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}
