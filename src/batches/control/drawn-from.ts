import type { BatchRow } from '../store/batches';

/**
 * The batch as the person saw it who acts on it: a button carries it. What is left out is not compared, as by a button of a
 * former version and by a program. Neither number changes with the counts, so that a message may lag behind those.
 */
export interface DrawnFrom {
  /** The round of sending. */
  round?: number;
  /** Grows with each pause: a *Resume* answers one pause, and not the next, which may have another cause. */
  alertNumber?: number;
}

/** Whether the batch has gone on to another round, or another pause, since. Ask it of a locked batch. */
export function hasGoneOn(batch: Pick<BatchRow, 'round' | 'alert_number'>, drawn: DrawnFrom): boolean {
  const { round = batch.round, alertNumber = batch.alert_number } = drawn;
  return round !== batch.round || alertNumber !== batch.alert_number;
}
