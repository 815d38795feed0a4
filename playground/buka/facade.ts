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
  /** A recipient writes back. Listed by recordMo, and pushed where there is an inbound URL. */
  reply(number: string, content: string): InboundText;
  /** Everything on its way arrives now, as far as it ever will. */
  deliverNow(): void;
  /** The messages travel so much further at once. */
  advance(ms: number): void;
  /** While held, messages stay where they are on their way, but for what `advance` and `deliverNow` do. */
  hold(isHeld: boolean): void;
  /** Where to push from now on; what is left out is no longer pushed. */
  pushTo(urls: { reportUrl?: string | undefined; inboundUrl?: string | undefined }): void;
  /** Resolves when every report that is due, and every reply, has been pushed or given up. */
  pushesDone(): Promise<void>;
  /** A decimal string; of the first account unless a key is given. */
  setBalance(balance: string, apiKey?: string): void;
  /** As if just started: no messages, full accounts, no faults. */
  reset(): void;
  snapshot(): Snapshot;
  /** Returns how to stop listening. */
  onEvent(listener: (event: BukaEvent) => void): () => void;
  /** Ends every connection, hanging ones too. */
  close(): Promise<void>;
}
