export interface Clock {
  locale: string;
  timeZone: string;
}

type Format = Intl.DateTimeFormatOptions;

const DATE: Format = { year: 'numeric', month: 'long', day: 'numeric' };
const SHORT: Format = { ...DATE, month: 'short' };
const LONG: Format = { ...DATE, weekday: 'long' };
const TIME: Format = { hour: 'numeric', minute: '2-digit' };

/** Tokens of Slack's date formatting: docs.slack.dev, "Formatting text", "Date formatting". */
const TOKENS: Record<string, { format: Format; isPretty?: true }> = {
  date_num: { format: { year: 'numeric', month: '2-digit', day: '2-digit' } },
  date: { format: DATE },
  date_short: { format: SHORT },
  date_long: { format: LONG },
  date_pretty: { format: DATE, isPretty: true },
  date_short_pretty: { format: SHORT, isPretty: true },
  date_long_pretty: { format: LONG, isPretty: true },
  time: { format: TIME },
  time_secs: { format: { ...TIME, second: '2-digit' } },
};

/** `{date_short_pretty} {time}` of a moment, on the reader's clock; an unknown token stays as it is. */
export function formatSlackDate(seconds: number, pattern: string, clock: Clock): string {
  const date = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const token = TOKENS[name];
    if (!token) return whole;
    return (token.isPretty ? nearDay(date, clock) : null) ?? inClock(date, clock, token.format);
  });
}

export function formatTime(seconds: number, clock: Clock): string {
  return inClock(new Date(seconds * 1000), clock, TIME);
}

export function formatSecond(ms: number, clock: Clock): string {
  return inClock(new Date(ms), clock, { ...TIME, second: '2-digit' });
}

/** The day as a heading: today, yesterday, or its date. */
export function formatDay(seconds: number, clock: Clock): string {
  const date = new Date(seconds * 1000);
  return nearDay(date, clock) ?? inClock(date, clock, LONG);
}

function nearDay(date: Date, clock: Clock): string | null {
  const days = Math.round((dayOf(date, clock) - dayOf(new Date(), clock)) / 86_400_000);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(clock.locale, { numeric: 'auto' }).format(days, 'day');
}

/** Midnight of the day on the reader's calendar, as if in UTC. */
function dayOf(date: Date, { timeZone }: Clock): number {
  return Date.parse(date.toLocaleDateString('sv-SE', { timeZone }));
}

function inClock(date: Date, { locale, timeZone }: Clock, format: Format): string {
  return new Intl.DateTimeFormat(locale, { ...format, timeZone }).format(date);
}
