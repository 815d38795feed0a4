import type { RequestEntry } from './api/request-log';
import type { InboundText } from './messages/inbox';
import type { Ledger } from './messages/ledger';
import type { Phone } from './messages/phones';
import type { BukaEvent } from './provider';
import type { BukaState } from './state/describe';
import type { Snapshot } from './state/snapshot';
import type { BukaFaults } from './strike';

/** A running local Buka: the provider's protocol on 127.0.0.1, and what a test or a page may do to it. */
export interface Buka {
  /** Base URL of the API, ending in `/v3`. */
  url: string;
  /** Base URL of the control API, ending in `/control`. */
  controlUrl: string;
  ledger: Ledger;
  faults: BukaFaults;
  /** The last calls, newest last. */
  requests(): readonly RequestEntry[];
  /** Calls of the API by path, such as `getReport`. */
  calls(): Readonly<Record<string, number>>;
  phones(limit?: number): Phone[];
  state(): BukaState;
  /** A recipient writes back. recordMo lists the text. It is pushed if there is an inbound URL. */
  reply(number: string, content: string): InboundText;
  /** Every message that is on its way becomes final now. Stuck messages stay stuck. */
  deliverNow(): void;
  /** Advances the transit clock of the messages at once. */
  advance(ms: number): void;
  /** While held, only `advance` and `deliverNow` change the state of a message. */
  hold(isHeld: boolean): void;
  /** Sets the URLs for pushes from now on. Without a URL nothing is pushed. */
  pushTo(urls: { reportUrl?: string | undefined; inboundUrl?: string | undefined }): void;
  /** Resolves when every due report and every reply has been pushed or given up. */
  pushesDone(): Promise<void>;
  /** `balance` is a decimal string. Without a key the first account is set. */
  setBalance(balance: string, apiKey?: string): void;
  /** Back to the state after the start: no messages, full accounts, no faults. */
  reset(): void;
  snapshot(): Snapshot;
  /** Returns a function that removes the listener. */
  onEvent(listener: (event: BukaEvent) => void): () => void;
  /** Closes every connection, also those that hang. */
  close(): Promise<void>;
}
