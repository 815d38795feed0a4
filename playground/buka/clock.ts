/**
 * Two clocks. `now` is the wall clock: it signs requests and dates messages. `transitNow` is the transit clock: it
 * decides when messages are delivered. A test can advance it, and then does not wait for a delivery. A test can hold
 * it, and then no delivery comes before the test looks.
 */
export interface Clock {
  now(): number;
  transitNow(): number;
  /** How far the transit clock is ahead of the wall clock. Negative after it was held. */
  aheadMs(): number;
  advance(ms: number): void;
  /** While it is held, the transit clock moves only by `advance`. */
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
