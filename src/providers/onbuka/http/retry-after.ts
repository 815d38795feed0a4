/** A longer wait is cut to this: a person would look at it sooner. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** Milliseconds of a `Retry-After` header, seconds or a date (RFC 9110, 10.2.3); undefined without a valid one. */
export function readRetryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS);
}
