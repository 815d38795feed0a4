import { inSnapshot } from '../../db/in-snapshot';
import type { Actor } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import type { Counts, DayRange } from '../batch';
import { authoriseReading } from '../store/find-for-act';
import { addDays, daysBetween } from './calendar-days';
import {
  countByCountry,
  countImplausible,
  sumByDay,
  sumBySender,
  sumCost,
  sumCostByCountry,
} from './usage-report.sql';

/** A chart takes 20 points, but with more than 14 the labels run into each other. */
const MOST_CHART_POINTS = 14;
/** A table takes 100 rows. */
const MOST_TABLE_ROWS = 100;

export interface UsageReport {
  range: DayRange;
  counts: Counts;
  /** The range in at most 14 equal periods; one day each where that is enough. */
  chartPeriods: UsagePeriod[];
  /** The same in at most 100 periods. */
  tablePeriods: UsagePeriod[];
  /** Most texts first. */
  senders: { externalId: string; counts: Counts }[];
  /** Most recipients first; null country: numbers of no single country. */
  countries: { country: string | null; count: number; costs: Money[] }[];
  /** `messages`: how many texts have a known price. */
  costs: (Money & { messages: number })[];
  /** Texts whose only reported cost cannot be right. */
  implausibleCosts: number;
}

/** First and last day, both included. The last period of a range may be shorter than the others. */
export interface UsagePeriod {
  from: string;
  to: string;
  counts: Counts;
}

/** `cost` is a decimal string. */
interface Money {
  currency: string;
  cost: string;
}

/** The batches that a workspace started in these days, with their outcomes so far, from our own tables. */
export async function getUsageReport(
  app: AppContext,
  actor: Actor,
  days: Omit<DayRange, 'tenantId'>,
): Promise<UsageReport> {
  await authoriseReading(readsOf(app, actor), actor, 'usageReport');
  const range = { ...days, tenantId: actor.tenantId };
  // One after the other: a transaction has one connection.
  const { byDay, senders, countries, costs, implausibleCosts, countryCosts } = await inSnapshot(
    readsOf(app, actor),
    async (db) => ({
      byDay: await sumByDay(db, range),
      senders: await sumBySender(db, range),
      countries: await countByCountry(db, range),
      costs: await sumCost(db, range),
      implausibleCosts: await countImplausible(db, range),
      countryCosts: await sumCostByCountry(db, range),
    }),
  );
  return {
    range,
    counts: byDay.map(toCounts).reduce(add, NONE),
    chartPeriods: splitIntoPeriods(range, byDay, MOST_CHART_POINTS),
    tablePeriods: splitIntoPeriods(range, byDay, MOST_TABLE_ROWS),
    senders: senders.map((sender) => ({ externalId: sender.externalId, counts: toCounts(sender) })),
    countries: countries.map(({ country, count }) => ({
      country,
      count,
      costs: countryCosts.filter((one) => one.country === (country ?? '')),
    })),
    costs,
    implausibleCosts,
  };
}

function splitIntoPeriods(
  { from, to }: DayRange,
  sums: (Counts & { day: number })[],
  most: number,
): UsagePeriod[] {
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
