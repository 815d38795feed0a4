export interface Period {
  start: Date;
  end: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * [start, end) cut into consecutive periods of at most `maxDays`; none where it is empty. The provider's times have
 * whole seconds, so the whole is first widened to them: nothing at its edges is missed.
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
