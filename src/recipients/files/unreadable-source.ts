import type { UnreadableReason } from '../recipient';

/** Thrown in this folder when a source cannot be read; `readRecipients` turns it into an `unreadable` event. */
export class UnreadableSourceError extends Error {
  constructor(readonly code: UnreadableReason) {
    super(`The source cannot be read: ${code}`);
    this.name = 'UnreadableSourceError';
  }
}
