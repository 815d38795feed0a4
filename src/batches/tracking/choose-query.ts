import type { ProviderCapabilities } from '../../providers/sms-provider';

/**
 * Chooses the query about open texts that costs fewer calls: by message ids, or the provider's own list of
 * what it sent at that time. Pure.
 */

/**
 * Consecutive open texts of one submission, in the order in which they are polled. Times in milliseconds
 * since 1970.
 */
export interface OpenGroup {
  open: number;
  startedAt: number;
  finishedAt: number;
}

/** What the account submitted at one moment, in any batch: the provider's list holds all of it. */
export interface Submitted {
  at: number;
  texts: number;
}

type Limits = Pick<
  ProviderCapabilities,
  'idsPerQuestion' | 'recordsPerPage' | 'rangeDays' | 'keepsRecordsDays'
>;

export type Query =
  | { kind: 'by_ids' }
  /**
   * The first `groups`, by the list of [from, until]. More than `mostPages` pages would cost more than ids.
   */
  | { kind: 'by_records'; groups: number; from: number; until: number; mostPages: number };

/**
 * Our clock and the provider's may differ by this much. A text that its list has at another time stays open.
 */
const CLOCKS_APART_MS = 120_000;
/** Records are not counted on in the last day that the provider keeps them. */
const MARGIN_DAYS = 1;
const DAY_MS = 86_400_000;
/** What one job reads. A job that is killed on the way starts over. */
const MOST_PAGES = 40;

/**
 * Takes as many of the first groups as save the most calls; each page of the list counts as a call. The list
 * holds at least what we know that we sent. What others sent on the same account comes on top, and only
 * reading the list shows how much that is: therefore `mostPages`.
 */
export function chooseQuery(groups: OpenGroup[], submitted: Submitted[], limits: Limits, now: number): Query {
  const countTexts = createCounter(submitted);
  let best: Query = { kind: 'by_ids' };
  let mostSaved = 0;
  let open = 0;
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, group] of groups.entries()) {
    open += group.open;
    const range = rangeOf([group]);
    [from, until] = [Math.min(from, range[0]), Math.max(until, range[1])];
    if (
      until - from > limits.rangeDays * DAY_MS ||
      now - from > (limits.keepsRecordsDays - MARGIN_DAYS) * DAY_MS
    )
      break;
    const callsById = Math.ceil(open / limits.idsPerQuestion);
    // An exactly full page is followed by an empty one.
    const pages = Math.floor(countTexts(from, until) / limits.recordsPerPage) + 1;
    const saved = callsById - pages;
    if (pages > MOST_PAGES || saved < Math.max(1, mostSaved)) continue;
    mostSaved = saved;
    best = {
      kind: 'by_records',
      groups: index + 1,
      from,
      until,
      mostPages: Math.min(callsById - 1, MOST_PAGES),
    };
  }
  return best;
}

/** When the provider can have taken texts of these groups. A clock set back can end one before it started. */
export function rangeOf(groups: OpenGroup[]): [from: number, until: number] {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { startedAt, finishedAt } of groups) {
    from = Math.min(from, startedAt, finishedAt);
    until = Math.max(until, startedAt, finishedAt);
  }
  return [from - CLOCKS_APART_MS, until + CLOCKS_APART_MS];
}

/** Counts the texts submitted in [from, until], in logarithmic time: the loop above asks once a group. */
function createCounter(submitted: Submitted[]): (from: number, until: number) => number {
  const inOrder = submitted.toSorted((a, b) => a.at - b.at);
  const sums = [0];
  for (const { texts } of inOrder) sums.push((sums.at(-1) ?? 0) + texts);
  const before = (isBefore: (at: number) => boolean) => {
    let low = 0;
    let high = inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(inOrder[middle]?.at ?? 0)) low = middle + 1;
      else high = middle;
    }
    return sums[low] ?? 0;
  };
  return (from, until) => before((at) => at <= until) - before((at) => at < from);
}
