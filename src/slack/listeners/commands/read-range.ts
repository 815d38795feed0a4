import { addDays, daysBetween } from '../../../batches/views/calendar-days';

const MOST_DAYS = 366;
/** Years 2000 to 2199: nothing was sent in any other. */
const ISO_DAY = /^2[01]\d\d-\d\d-\d\d$/;
/** What may separate two days. Keyboards replace `..` with an ellipsis, `--` with a dash. */
const BETWEEN = /\.{2,3}|[–—~]| to |至/;

/**
 * Reads `today`, `7d` (today and the six days before) or `2026-11-01..2026-11-20`, both days included. Empty
 * text means the last seven days. Returns null for anything else, for days that do not exist, and for more
 * than 366 days.
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

/** `2026-02-30` looks like a day and is none. */
function isDay(text: string): boolean {
  return ISO_DAY.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}
