/**
 * Two times. `now` is the wall clock, by which requests are signed and messages are dated. `transitNow` is
 * the time by which messages travel: it can be pushed ahead, so that no test waits for a delivery, and held, so that
 * none comes before a test looks.
 */
export interface Clock {
  now(): number;
  transitNow(): number;
  /** How far the transit clock is ahead of the wall clock; below zero where it was held. */
  aheadMs(): number;
  advance(ms: number): void;
  /** Held, the transit clock moves only when it is pushed. */
  hold(isHeld: boolean): void;
}

export function createClock(): Clock {
  let aheadMs = 0;
  let heldAtMs: number | null = null;
  const ahead = () => (heldAtMs === null ? aheadMs : heldAtMs - Date.now());
  return {
    now: () => Date.now(),
    transitNow: () => heldAtMs ?? Date.now() + aheadMs,
    aheadMs: ahead,
    advance(ms) {
      if (heldAtMs === null) aheadMs += ms;
      else heldAtMs += ms;
    },
    hold(isHeld) {
      aheadMs = ahead();
      heldAtMs = isHeld ? Date.now() + aheadMs : null;
    },
  };
}
