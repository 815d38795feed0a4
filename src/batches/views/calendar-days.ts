const MS_PER_DAY = 86_400_000;

/** 0 for the same day. Counted on the calendar, where each day has 24 hours. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY);
}

/** `2026-11-30` and 1 give `2026-12-01`. Throws RangeError where `day` is not a day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}
