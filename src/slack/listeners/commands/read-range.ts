import { addDays, daysBetween } from '../../../batches/views/calendar-days';

const MOST_DAYS = 366;
/** Before there were texts, and after anybody's patience: nothing was sent then. */
const ISO_DAY = /^2[01]\d\d-\d\d-\d\d$/;
/** Keyboards make of two dots what they think better. */
const BETWEEN = /\.{2,3}|[–—~]| to |至/;

/**
 * The days of `today`, `7d` (today and the six before) or `2026-11-01..2026-11-20`, both included; the last
 * seven where nothing is written. Null for anything else, for days that do not exist, and for more than 366.
 */
export function readRange(written: string, today: string): { from: string; to: string } | null {
  const text = written.normalize('NFKC').trim().toLowerCase() || '7d';
  if (text === 'today') return { from: today, to: today };
  const days = Number(/^(\d{1,3})d$/.exec(text)?.[1] ?? 0);
  if (days > 0) return days <= MOST_DAYS ? { from: addDays(today, 1 - days), to: today } : null;
  const [from = '', to = '', ...more] = text.split(BETWEEN).map((day) => day.trim());
  if (more.length > 0 || !isDay(from) || !isDay(to)) return null;
  const between = daysBetween(from, to);
  return between >= 0 && between < MOST_DAYS ? { from, to } : null;
}

/** `2026-02-30` has the form of a day, and is none. */
function isDay(text: string): boolean {
  return ISO_DAY.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}
