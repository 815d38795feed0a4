/**
 * Two times. `now` is the wall clock, by which requests are signed and messages are dated. `transitNow` is
 * the time by which messages travel: it can be pushed ahead, so that no test waits for a delivery.
 */
export interface Clock {
  now(): number;
  transitNow(): number;
  /** How far the transit clock is ahead of the wall clock. */
  aheadMs(): number;
  advance(ms: number): void;
}

export function createClock(): Clock {
  let aheadMs = 0;
  return {
    now: () => Date.now(),
    transitNow: () => Date.now() + aheadMs,
    aheadMs: () => aheadMs,
    advance(ms) {
      aheadMs += ms;
    },
  };
}
