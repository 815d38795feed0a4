import type { BeyondBound, UnreadableReason } from '../recipient';

/** Thrown in this folder when a source cannot be read; `readRecipients` turns it into an `unreadable` event. */
export class UnreadableSourceError extends Error {
  /** `beyond`: where a bound was passed, and how much is there. */
  constructor(
    readonly code: UnreadableReason,
    readonly beyond?: BeyondBound,
  ) {
    super(`The source cannot be read: ${code}`);
    this.name = 'UnreadableSourceError';
  }
}
