export interface Period {
  start: Date;
  end: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Splits [start, end) into consecutive periods of at most `maxDays`; an empty range gives none. The provider's times
 * have whole seconds, so the range is widened to whole seconds first: nothing at its edges is missed. Throws
 * `RangeError` for an invalid date.
 */
export function splitPeriod(start: Date, end: Date, maxDays: number): Period[] {
  const startMs = Math.floor(start.getTime() / 1000) * 1000;
  const endMs = Math.ceil(end.getTime() / 1000) * 1000;
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) throw new RangeError('a period needs two valid dates');
  const periods: Period[] = [];
  for (let fromMs = startMs; fromMs < endMs; fromMs += maxDays * DAY_MS) {
    periods.push({ start: new Date(fromMs), end: new Date(Math.min(fromMs + maxDays * DAY_MS, endMs)) });
  }
  return periods;
}
