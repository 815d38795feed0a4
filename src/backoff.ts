interface BackoffOptions {
  /** The try that has just failed, counted from 1. */
  tryNumber: number;
  /** The wait after the first try. */
  firstMs: number;
  /** The doubled wait never exceeds this; jitter is added on top. */
  mostMs: number;
  /**
   * Adds jitter of up to a quarter either way, so that callers that failed together do not return together.
   */
  random?: () => number;
}

/** How long to wait before the next try, in whole milliseconds: doubles with each try, up to `mostMs`. */
export function backoffMs({ tryNumber, firstMs, mostMs, random }: BackoffOptions): number {
  const doubledMs = Math.min(mostMs, firstMs * 2 ** (tryNumber - 1));
  return Math.round(random ? doubledMs * (0.75 + random() / 2) : doubledMs);
}
