/**
 * The port to SMS providers. A second provider is a folder beside `onbuka/` that implements `SmsProvider`; no code
 * outside these folders uses a provider's field names.
 */

/** The credentials of one account. `apiSecret` is in plain text here: never log an account. */
export interface ProviderAccount {
  baseUrl: string;
  apiKey: string;
  apiSecret: string;
  appId: string;
}

/** One text to one recipient. `orderId` is ours: unique, never reused, at most 50 characters. */
export interface OutgoingSms {
  orderId: string;
  /** E.164, with the leading `+`. */
  recipientNumber: string;
  content: string;
}

export interface SendRequest {
  /** 1 to `SmsProvider.maxMessagesPerSend` texts. */
  messages: OutgoingSms[];
  senderId?: string | undefined;
}

/**
 * The cause of a refusal, which decides what happens next:
 * - `account`: a person must act first (credentials, balance, allow-list, lock): the batch pauses;
 * - `content`: this text will never be accepted: the batch fails;
 * - `numbers`: some number in the request is invalid: smaller requests find out which;
 * - `retryable`: the same request may succeed later;
 * - `request`: the provider calls our request invalid: our bug, the batch pauses and says so.
 */
export type RejectionFault = 'account' | 'content' | 'numbers' | 'retryable' | 'request';

export type UnknownCause =
  | 'timeout'
  | 'connection_lost'
  | 'server_error'
  | 'unreadable_reply'
  | 'interface_fault';

/** The outcome of one send request. A value, never a guess. */
export type SendOutcome =
  | {
      kind: 'accepted';
      accepted: { orderId: string; messageId: string }[];
      /** The provider accepted the request but not these numbers. */
      refused: { orderId: string; reason: string }[];
      /** The reply contradicts itself about these: it proves neither accepted nor refused. */
      unclear: { orderId: string }[];
    }
  | {
      kind: 'rejected';
      fault: RejectionFault;
      /** The provider's own code, as text: `-10`, `http_429`, `connect_refused`. */
      code: string;
      /** The provider's own words, or ours when it has none. Never contains a credential or a number. */
      reason: string;
      /** How long the provider asks us to wait. */
      retryAfterMs?: number | undefined;
    }
  | { kind: 'unknown'; cause: UnknownCause; reason: string };

export type MessageStatusName = 'delivered' | 'sending' | 'failed' | 'unknown';

export interface MessageStatus {
  messageId: string;
  /** E.164 with `+`; empty when the provider does not know the SMS (yet). */
  recipientNumber: string;
  /** `unknown`: the provider has no record yet, or answered with an undocumented status. */
  status: MessageStatusName;
  /** ISO 8601; null when the provider does not tell. */
  sendTime: string | null;
  /** The provider's words for a failure, if any. */
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
  /** Everything that can be spent. */
  spendable: string;
  balance: string;
  gift: string;
  credit: string;
}

/** One outcome from a provider's webhook. It counts only when it agrees with our own tables. */
export interface DeliveryReport {
  appId: string | null;
  messageId: string | null;
  orderId: string | null;
  /** E.164 with `+`, or null when the report's number is unreadable. */
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

/** An SMS that a person sent to us. */
export interface InboundSms {
  messageId: string | null;
  /** The sender, E.164 with `+`. */
  fromNumber: string | null;
  /** Our sender ID that they wrote to. */
  toSenderId: string | null;
  content: string;
  /** ISO 8601 with offset. */
  receivedAt: string | null;
}

/** Limits of one call. `signal` cancels it early (shutdown). */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

export interface SmsProvider {
  readonly maxMessagesPerSend: number;
  readonly maxIdsPerQuery: number;
  /** The most records of a time range that one call returns. */
  readonly maxRecordsPerPage: number;
  /** The provider has no records of older texts. */
  readonly keepsRecordsDays: number;
  /** Sends once and never repeats the request. Never throws for a fault of the network or the provider. */
  sendSmsBatch(account: ProviderAccount, request: SendRequest, options?: CallOptions): Promise<SendOutcome>;
  /** Any number of ids; each is in `results` exactly once. Throws `ProviderError`. */
  queryMessageStatusByIds(
    account: ProviderAccount,
    messageIds: string[],
    options?: CallOptions & { concurrency?: number },
  ): Promise<MessageStatusList>;
  /** Everything the account sent in [start, end), however long. Throws `ProviderError`. */
  queryMessageStatusByTimeRange(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): Promise<MessageStatusList>;
  /**
   * The same, one page at a time. The next page is requested when the caller is done with the one before, so at most
   * two are in memory. One SMS may be in two pages. Throws `ProviderError`.
   */
  pagesByTimeRange(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): AsyncIterable<MessageStatus[]>;
  /** Throws `ProviderError`. */
  getBalance(account: ProviderAccount, options?: CallOptions): Promise<Balance>;
  /**
   * Inbound SMS of [start, end). Throws `ProviderError`. Nothing calls it yet: it is for showing replies in Slack, to
   * find those that were not pushed.
   */
  listInboundMessages(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): Promise<InboundSms[]>;
  /** Reads a webhook's body, one report or a list. Unreadable items are left out and counted. Never throws. */
  parseDeliveryReports(body: unknown): { reports: DeliveryReport[]; unreadable: number };
  /** The same for inbound SMS. */
  parseInbound(body: unknown): { messages: InboundSms[]; unreadable: number };
}

/** A question (not a send) without a usable answer. `message` is safe to log and to show. */
export class ProviderError extends Error {
  constructor(
    readonly code: string,
    /** `account`: a person must act. `busy`: too many requests or unreachable, try later. `request`: our bug. */
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
