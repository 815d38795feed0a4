import type { ProviderAccount } from './provider-account';

/** What a provider pushes to us: delivery reports, and texts that recipients send back. */
export interface ProviderWebhooks {
  /** The beginnings of the paths that the provider calls, each with a slash at both ends. */
  readonly paths: readonly string[];
  /**
   * A first look, before the body is read: false where the provider cannot have sent it. Cheap: everybody can call it.
   * Rejects where that cannot be told now.
   */
  expects(request: Omit<WebhookRequest, 'rawBody'>, accounts: WebhookAccounts): boolean | Promise<boolean>;
  /**
   * Decides whether the provider sent this. Null: it did not, or nothing proves that it did. Everybody can call it, so it
   * reads no more than it needs.
   */
  receive(request: WebhookRequest, accounts: WebhookAccounts): Promise<ReceivedWebhook | null>;
  /** Reads what `receive` returned. Unreadable items are left out and counted. Never throws. */
  parseDeliveryReports(body: string): { reports: DeliveryReport[]; unreadable: number };
  /** The same for inbound SMS. */
  parseInbound(body: string): { messages: InboundSms[]; unreadable: number };
  /** The items of a body, each as a body of its own; the body itself where it is one item. Never throws. */
  splitBody(body: string): string[];
}

export interface WebhookRequest {
  /** As the provider called it: behind a proxy, with the public address. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  rawBody: string;
}

/** The accounts that a webhook may have come to. */
export interface WebhookAccounts {
  /**
   * The accounts of this sub-account, whose secrets the provider signs with: those of every workspace, as anybody may give
   * theirs the name of another's.
   */
  ofSubAccount(subAccount: string): Promise<SigningAccount[]>;
  /** The ids of the accounts whose address ends with this secret; null: nobody's does. */
  atAddress(secret: string): Promise<string[] | null>;
}

/** An account whose secret may have signed a webhook. */
export interface SigningAccount extends ProviderAccount {
  id: string;
}

export interface ReceivedWebhook {
  kind: 'report' | 'inbound';
  /** What is kept until a job reads it: it must hold all that parsing needs, and no secret. */
  body: string;
  /**
   * Every account whose secret it is signed with, or whose address it came to; only about their texts it is believed. Null:
   * nothing tells, as with what a former version has stored.
   */
  accountIds: string[] | null;
}

/** One outcome that a provider pushed. It counts only when it agrees with our own tables. */
export interface DeliveryReport {
  /** A report that does not name it is not believed. */
  subAccount: string | null;
  messageId: string | null;
  orderId: string | null;
  /** E.164 with `+`, or null when the report's number is unreadable. */
  recipientNumber: string | null;
  /** `sending`: the provider has taken it. That proves a text whose answer was lost, and is no outcome. */
  status: 'delivered' | 'failed' | 'sending';
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
  /** The sub-account that it was sent to; null where the provider does not tell. */
  subAccount: string | null;
  messageId: string | null;
  /** The sender, E.164 with `+`. */
  fromNumber: string | null;
  /** Our sender ID that they wrote to. */
  toSenderId: string | null;
  content: string;
  /** ISO 8601 with offset. */
  receivedAt: string | null;
}
