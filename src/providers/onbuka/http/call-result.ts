import type { UnknownCause } from '../../sms-provider';

/** How one HTTP request ended. */
export type CallResult =
  | { kind: 'replied'; httpStatus: number; text: string; retryAfterMs: number | undefined }
  /** Nothing has left this machine. */
  | { kind: 'unsent'; code: string; fault: 'account' | 'retryable'; reason: string }
  /** The request left, or may have, and there is no whole reply. */
  | { kind: 'lost'; cause: UnknownCause; reason: string };
