/** A server that names a longer wait than this is not believed: somebody would have to look at it sooner. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** `Retry-After` in either of its forms, seconds or a date (RFC 9110, 10.2.3); undefined where it says nothing. */
export function readRetryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS);
}
