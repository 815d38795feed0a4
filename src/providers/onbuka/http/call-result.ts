import type { UnknownCause } from '../../send-outcome';

/** How one HTTP request ended. */
export type CallResult =
  | { kind: 'replied'; httpStatus: number; text: string; retryAfterMs: number | undefined }
  /** No byte of the request has left this machine. */
  | { kind: 'unsent'; code: string; fault: 'account' | 'retryable'; reason: string }
  /** The request left, or may have left, and there is no complete reply. */
  | { kind: 'lost'; cause: UnknownCause; reason: string };
