import type { AppContext } from '../app-context';
import type { Counts, DayRange } from '../batch';
import { countByCountry, sumByDay, sumBySender, sumCost, sumCostByCountry } from './usage-report.sql';

export type { DayRange };

/** A chart holds twenty; of more than fourteen the labels run into each other. A table holds a hundred rows. */
const MOST_POINTS = 14;
const MOST_ROWS = 100;
const MS_PER_DAY = 86_400_000;

export interface UsageReport {
  range: DayRange;
  counts: Counts;
  /** All of the range in at most 14 equal stretches; one day each where that fits. */
  stretches: Stretch[];
  /** The same in at most 100. */
  rows: Stretch[];
  /** Most messages first. */
  senders: { slackUserId: string; counts: Counts }[];
  /** Most recipients first; null country: numbers of no single country. */
  countries: { country: string | null; count: number; costs: Money[] }[];
  /** `messages`: of so many the price is known. */
  costs: (Money & { messages: number })[];
}

/** Days, both included; the last stretch of a range may be shorter than the others. */
export interface Stretch {
  from: string;
  to: string;
  counts: Counts;
}

/** `cost` is a decimal string. */
export interface Money {
  currency: string;
  cost: string;
}

/** What a workspace has started in a time range and what has become of it since, from our own tables. */
export async function getUsageReport(app: AppContext, range: DayRange): Promise<UsageReport> {
  const { db } = app;
  const [days, senders, countries, costs, countryCosts] = await Promise.all([
    sumByDay(db, range),
    sumBySender(db, range),
    countByCountry(db, range),
    sumCost(db, range),
    sumCostByCountry(db, range),
  ]);
  return {
    range,
    counts: days.map(toCounts).reduce(add, NONE),
    stretches: inStretches(range, days, MOST_POINTS),
    rows: inStretches(range, days, MOST_ROWS),
    senders: senders.map((sender) => ({ slackUserId: sender.slackUserId, counts: toCounts(sender) })),
    countries: countries.map(({ country, count }) => ({
      country,
      count,
      costs: countryCosts.filter((one) => one.country === (country ?? '')),
    })),
    costs,
  };
}

function inStretches({ from, to }: DayRange, sums: (Counts & { day: number })[], most: number): Stretch[] {
  const days = daysBetween(from, to) + 1;
  const size = Math.ceil(days / most);
  return Array.from({ length: Math.ceil(days / size) }, (_, index) => {
    const first = index * size;
    const last = Math.min(first + size, days) - 1;
    const own = sums.filter(({ day }) => day >= first && day <= last);
    return {
      from: addDays(from, first),
      to: addDays(from, last),
      counts: own.map(toCounts).reduce(add, NONE),
    };
  });
}

const NONE: Counts = { total: 0, delivered: 0, sending: 0, failed: 0, unknown: 0, waiting: 0, cancelled: 0 };

function toCounts({ total, delivered, sending, failed, unknown, waiting, cancelled }: Counts): Counts {
  return { total, delivered, sending, failed, unknown, waiting, cancelled };
}

function add(a: Counts, b: Counts): Counts {
  const names = Object.keys(NONE) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Counts;
}

/** Days are counted on the calendar, where each has 24 hours. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY);
}

/** `2026-11-30` and 1 are `2026-12-01`. Throws RangeError for what is no day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}
