import type { z } from 'zod';
import type { ProviderAccount } from './provider-account';
import type { InboundSms, ProviderWebhooks } from './provider-webhooks';
import type { SendOutcome } from './send-outcome';

/**
 * The port to SMS providers. A provider is a folder beside this file that implements `SmsProvider`; no code outside its
 * folder knows its codes, paths or field names.
 */
export interface SmsProvider {
  readonly capabilities: ProviderCapabilities;
  /** What an account needs to be used, as it is stored. Whoever saves an account checks it with this. */
  readonly credentials: z.ZodType;
  /** The place that requests of this account go to. It is stored with each text, whose later questions go there too. */
  addressOf(account: ProviderAccount): string;
  readonly webhooks: ProviderWebhooks;
  /**
   * One request, sent once and never repeated, with at most `textsPerRequest` texts. Each text is in one of the outcome's
   * lists. Never throws for a fault of the network or the provider.
   */
  sendSmsBatch(account: ProviderAccount, request: SendRequest, options?: CallOptions): Promise<SendOutcome>;
  /** One question about at most `idsPerQuestion` ids; each is in `results` exactly once. Throws `ProviderError`. */
  queryMessageStatusByIds(
    account: ProviderAccount,
    messageIds: string[],
    options?: CallOptions,
  ): Promise<MessageStatusList>;
  /**
   * Everything the account sent in [start, end), however long, a page at a time. Each page is one question, asked when the
   * caller is done with the page before. One SMS may be in two pages. The pages end only where the provider has told all
   * of them. Throws `ProviderError`.
   */
  queryMessageStatusByTimeRange(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): AsyncIterable<MessageStatus[]>;
  /** Throws `ProviderError`. */
  getBalance(account: ProviderAccount, options?: CallOptions): Promise<Balance>;
  /**
   * Inbound SMS of [start, end). Throws `ProviderError`. Nothing calls it yet: it is for showing replies, to find those that
   * were not pushed.
   */
  listInboundMessages(
    account: ProviderAccount,
    start: Date,
    end: Date,
    options?: CallOptions,
  ): Promise<InboundSms[]>;
}

export interface ProviderCapabilities {
  /** Texts that one request can carry. A chunk of more is sent in several requests. */
  readonly textsPerRequest: number;
  /** The longest text, in characters as JavaScript counts them (UTF-16 units). */
  readonly longestText: number;
  /** Ids that one question can name. */
  readonly idsPerQuestion: number;
  /** The most records of a time range that one question returns. */
  readonly recordsPerPage: number;
  /** The longest time range of one question. */
  readonly rangeDays: number;
  /** The provider has no records of older texts. */
  readonly keepsRecordsDays: number;
  /** How long after an unclear answer a text may still be missing in the provider's records. */
  readonly settleMs: number;
  /** Whether the provider's records name our order id, as `MessageStatus.orderId`. Nothing reads it yet. */
  readonly tellsOrderId: boolean;
  /** Whether the provider takes the same order id only once. Nothing reads it yet: no request is repeated. */
  readonly repeatIsSafe: boolean;
}

/** One text to one recipient. `orderId` is ours: unique, never reused, at most 50 characters. */
export interface OutgoingSms {
  orderId: string;
  /** E.164, with the leading `+`. */
  recipientNumber: string;
  content: string;
}

export interface SendRequest {
  /** 1 to `textsPerRequest` texts. */
  messages: OutgoingSms[];
  senderId?: string | undefined;
}

/** Limits of one call. `signal` cancels it early (shutdown). */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

export type MessageStatusName = 'delivered' | 'sending' | 'failed' | 'unknown';

/** A provider's record of one SMS. */
export interface MessageStatus {
  messageId: string;
  /** Null where the provider's records do not name it. */
  orderId: string | null;
  /** E.164 with `+`; empty when the provider does not know the SMS (yet). */
  recipientNumber: string;
  /** `unknown`: the provider has no record yet, or answered with an undocumented status. */
  status: MessageStatusName;
  /** ISO 8601; null when the provider does not tell. */
  sendTime: string | null;
  /** The provider's code or words for a failure, if any. */
  reason?: string | undefined;
}

export interface MessageStatusList {
  results: MessageStatus[];
  totalSuccess: number;
  totalFail: number;
  totalSending: number;
  /** Ids of which the provider says that it has no record (yet): at most those that are `unknown`. */
  totalNotFound: number;
}

/** Money as decimal strings, never a float. */
export interface Balance {
  /** Everything that can be spent; null where a part of it cannot be read. */
  spendable: string | null;
  /** ISO 4217; null where the provider does not tell. */
  currency: string | null;
  /**
   * What it is made of, in the provider's order; each name is explained by the provider's words. Empty: one sum. `amount`
   * null: what the provider wrote is no amount that can be read for certain.
   */
  parts: { name: string; amount: string | null; written: string }[];
}

/** A question (not a send) without a usable answer. `message` is safe to log and to show. */
export class ProviderError extends Error {
  constructor(
    /** The provider's own code, or ours: `no_account`, `unreadable_reply`, `http_429`. */
    readonly code: string,
    /**
     * `account`: a person must act. `busy`: unreachable or overloaded, try later. `too_often`: ask more rarely.
     * `request`: our bug.
     */
    readonly fault: 'account' | 'busy' | 'too_often' | 'request',
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message, options);
    this.name = 'ProviderError';
    this.retryAfterMs = options?.retryAfterMs;
  }
  readonly retryAfterMs: number | undefined;
}
