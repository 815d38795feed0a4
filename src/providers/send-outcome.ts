import { cleanReason } from './clean-reason';

/** What one request to send has led to. A value, never a guess. */
export interface SendOutcome {
  accepted: { orderId: string; messageId: string }[];
  /** The provider will not send to these: each is settled as failed. `reason` is a code or the provider's words. */
  refused: { orderId: string; reason: string }[];
  /** The provider may have accepted these: nothing proves it, and nothing proves the contrary. */
  unclear: { orderId: string }[];
  /** Proved not accepted; they may be sent later. `because` says when. */
  deferred: { orderId: string }[];
  /**
   * What the answer says of the whole request: why texts are deferred, or why all are unclear. Null where the provider has
   * taken the request, whatever it says about individual texts.
   */
  because: Rejection | Unclearness | null;
}

/**
 * The cause of a rejected request, which decides what happens to its deferred texts:
 * - `account`: a person must act first (credentials, balance, allow-list, lock): the batch pauses;
 * - `content`: this text will never be accepted: the batch fails;
 * - `numbers`: some number in the request is invalid: smaller requests find out which;
 * - `retryable`: the same request may succeed later;
 * - `request`: the provider calls our request invalid: our bug, the batch pauses and says so.
 */
export type RejectionFault = 'account' | 'content' | 'numbers' | 'retryable' | 'request';

export interface Rejection {
  kind: 'rejected';
  fault: RejectionFault;
  /** The provider's own code, as text: `http_429`, `connect_refused`. */
  code: string;
  /** The provider's own words, or ours when it has none. Never contains a credential or a number. */
  reason: string;
  /** How long the provider asks us to wait. */
  retryAfterMs?: number | undefined;
}

export type UnknownCause =
  | 'timeout'
  | 'connection_lost'
  | 'server_error'
  | 'unreadable_reply'
  | 'interface_fault';

export interface Unclearness {
  kind: 'unclear';
  cause: UnknownCause;
  /** Never contains a credential or a number. */
  reason: string;
}

/** The same with every reason cleaned: they are stored, and people read them. */
export function withCleanReasons(outcome: SendOutcome): SendOutcome {
  const { because, refused } = outcome;
  return {
    ...outcome,
    refused: refused.map((one) => ({ ...one, reason: cleanReason(one.reason) ?? '' })),
    because: because && { ...because, reason: cleanReason(because.reason) ?? '' },
  };
}

type Named = { orderId: string };

/** The outcome of a request without a usable answer. */
export const allUnclear = (texts: Named[], because: Unclearness): SendOutcome => ({
  ...NOTHING,
  unclear: texts.map(({ orderId }) => ({ orderId })),
  because,
});

/** The outcome of a request that the provider has rejected as a whole. */
export const allDeferred = (texts: Named[], because: Rejection): SendOutcome => ({
  ...NOTHING,
  deferred: texts.map(({ orderId }) => ({ orderId })),
  because,
});

const NOTHING: SendOutcome = { accepted: [], refused: [], unclear: [], deferred: [], because: null };
