import { Refusal } from './statuses';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The platform's clock is +08:00. */
const PLATFORM_OFFSET_MS = 8 * 60 * 60 * 1000;

/** `2026-03-01T09:30:03+08:00`. */
export function isoTime(ms: number): string {
  return `${new Date(ms + PLATFORM_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** `2026-03-01 09:30:03`, by the platform's clock, as pushed inbound messages carry it. */
export function offsetlessTime(ms: number): string {
  return isoTime(ms).slice(0, 19).replace('T', ' ');
}

/**
 * A period given as two ISO 8601 times with offsets. Throws Refusal: -11 for anything else, -25 for a
 * period over `maxDays` or one that begins more than `maxAgeDays` ago.
 */
export function readPeriod(
  start: unknown,
  end: unknown,
  limits: { maxDays: number; maxAgeDays: number; nowMs: number },
): { startMs: number; endMs: number } {
  const startMs = readTime(start);
  const endMs = readTime(end);
  if (endMs < startMs) throw new Refusal('-11');
  if (endMs - startMs > limits.maxDays * DAY_MS) throw new Refusal('-25');
  if (startMs < limits.nowMs - limits.maxAgeDays * DAY_MS) throw new Refusal('-25');
  return { startMs, endMs };
}

function readTime(value: unknown): number {
  const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;
  if (typeof value !== 'string' || !pattern.test(value)) throw new Refusal('-11');
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new Refusal('-11');
  return ms;
}
