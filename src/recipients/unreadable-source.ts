import type { UnreadableReason } from './recipient';

/** Thrown inside this room where a source turns out unreadable; `readRecipients` hands it out as a value. */
export class UnreadableSourceError extends Error {
  constructor(readonly code: UnreadableReason) {
    super(`The source cannot be read: ${code}`);
    this.name = 'UnreadableSourceError';
  }
}
