/**
 * Which question about open texts costs fewer calls: by id, or for the provider's own list of what it sent at that
 * time. Pure.
 */

/** Consecutive open texts of one submission, in the order of asking. Times in milliseconds since 1970. */
export interface OpenGroup {
  open: number;
  startedAt: number;
  finishedAt: number;
}

/** What the account submitted at a moment, whoever it was for: all of it stands in the provider's list. */
export interface Submitted {
  at: number;
  texts: number;
}

export interface Limits {
  maxIdsPerQuery: number;
  maxRecordsPerPage: number;
}

export type Question =
  | { kind: 'by_ids' }
  /** The first `groups`, by the list of [from, until]. More than `mostPages` would cost more than asking by id. */
  | { kind: 'by_records'; groups: number; from: number; until: number; mostPages: number };

/** Our clock and the provider's may differ by so much. A text that its list has elsewhere stays open. */
const CLOCKS_APART_MS = 120_000;
/** What one question may span, and how old it may be, at the provider. */
const MOST_DAYS = 31;
const OLDEST_DAYS = 89;
const DAY_MS = 86_400_000;
/** What one job reads: it begins again where it is cut off. */
const MOST_PAGES = 40;

/**
 * Takes as many of the first groups as save the most calls, each page of the list counted as a call. The list is at
 * least as long as what we know that we sent; what others sent on the same account comes on top, and is found out
 * only by reading: hence `mostPages`.
 */
export function chooseQuestion(
  groups: OpenGroup[],
  submitted: Submitted[],
  limits: Limits,
  now: number,
): Question {
  const countTexts = counter(submitted);
  let best: Question = { kind: 'by_ids' };
  let mostSaved = 0;
  let open = 0;
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, group] of groups.entries()) {
    open += group.open;
    const span = spanOf([group]);
    [from, until] = [Math.min(from, span[0]), Math.max(until, span[1])];
    if (until - from > MOST_DAYS * DAY_MS || now - from > OLDEST_DAYS * DAY_MS) break;
    const callsById = Math.ceil(open / limits.maxIdsPerQuery);
    // A page that is exactly full is followed by one more.
    const pages = Math.floor(countTexts(from, until) / limits.maxRecordsPerPage) + 1;
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

/** When the provider can have taken texts of these groups. A clock that was put back ended one before it began. */
export function spanOf(groups: OpenGroup[]): [from: number, until: number] {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { startedAt, finishedAt } of groups) {
    from = Math.min(from, startedAt, finishedAt);
    until = Math.max(until, startedAt, finishedAt);
  }
  return [from - CLOCKS_APART_MS, until + CLOCKS_APART_MS];
}

/** How many texts were submitted in [from, until]; quick however often it is asked. */
function counter(submitted: Submitted[]): (from: number, until: number) => number {
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
