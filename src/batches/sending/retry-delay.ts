const FIRST_MS = 1_000;
const MOST_MS = 300_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubling, with jitter so that lanes do not
 * come back in step; never before the provider's own Retry-After.
 */
export function retryDelayMs(attempt: number, retryAfterMs = 0, random = Math.random): number {
  const doubled = Math.min(MOST_MS, FIRST_MS * 2 ** (attempt - 1));
  const jittered = doubled * (0.75 + random() / 2);
  return Math.round(Math.max(jittered, retryAfterMs));
}
