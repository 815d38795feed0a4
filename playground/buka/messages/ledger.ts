/** How many numbers were accepted once, more than once, and never although a request contained them. */
export interface LedgerCounts {
  once: number;
  moreThanOnce: number;
  never: number;
}

/** The product's promise in numbers. Numbers are given with or without `+`. */
export interface Ledger {
  /**
   * Without `expected`: counts all numbers that any send request ever contained. With `expected`: counts only those
   * numbers, and `unexpected` counts the accepted numbers that are not among them.
   */
  counts(expected?: Iterable<string>): LedgerCounts & { unexpected: number };
  timesAccepted(number: string): number;
  timesAcceptedByOrderId(orderId: string): number;
  /** Order ids accepted once and more than once. */
  orderIdCounts(): { once: number; moreThanOnce: number };
  /** Numbers accepted more than once. */
  doubled(): string[];
  /** Numbers that a request contained and that were never accepted. */
  never(): string[];
}

/** The ledger as the provider keeps it. */
export interface LedgerBook extends Ledger {
  /** Records that a send request contained this number, accepted or not. */
  recordRequested(number: string): void;
  /** Returns how often the number had been accepted before. */
  accept(number: string, orderId: string): number;
  clear(): void;
}

export function createLedger(): LedgerBook {
  const numbers = createTally();
  const orderIds = createTally();
  return {
    recordRequested: (number) => numbers.note(number),
    accept(number, orderId) {
      if (orderId !== '') orderIds.add(orderId);
      return numbers.add(number);
    },
    clear() {
      numbers.clear();
      orderIds.clear();
    },
    counts: (expected) => (expected ? countsOver(expected, numbers) : { ...numbers.counts(), unexpected: 0 }),
    timesAccepted: (number) => numbers.timesOf(digitsOf(number)),
    timesAcceptedByOrderId: (orderId) => orderIds.timesOf(orderId),
    orderIdCounts() {
      const { once, moreThanOnce } = orderIds.counts();
      return { once, moreThanOnce };
    },
    doubled: () => numbers.keysWhere((times) => times > 1),
    never: () => numbers.keysWhere((times) => times === 0),
  };
}

function countsOver(expected: Iterable<string>, numbers: Tally): LedgerCounts & { unexpected: number } {
  const counts = { once: 0, moreThanOnce: 0, never: 0, unexpected: 0 };
  const distinct = new Set<string>();
  for (const number of expected) distinct.add(digitsOf(number));
  for (const number of distinct) {
    const times = numbers.timesOf(number);
    counts[times === 0 ? 'never' : times === 1 ? 'once' : 'moreThanOnce']++;
  }
  const accepted = numbers.counts();
  counts.unexpected = accepted.once + accepted.moreThanOnce - counts.once - counts.moreThanOnce;
  return counts;
}

function digitsOf(number: string): string {
  return number.startsWith('+') ? number.slice(1) : number;
}

type Tally = ReturnType<typeof createTally>;

/** Counts occurrences by key. Keeps the totals up to date, so that reading them is cheap at a million keys. */
function createTally() {
  const times = new Map<string, number>();
  const totals: LedgerCounts = { once: 0, moreThanOnce: 0, never: 0 };
  return {
    note(key: string): void {
      if (times.has(key)) return;
      times.set(key, 0);
      totals.never++;
    },
    add(key: string): number {
      const before = times.get(key);
      times.set(key, (before ?? 0) + 1);
      if (before === 0) totals.never--;
      if (before === 1) totals.once--;
      if (before === 1) totals.moreThanOnce++;
      if (!before) totals.once++;
      return before ?? 0;
    },
    clear(): void {
      times.clear();
      Object.assign(totals, { once: 0, moreThanOnce: 0, never: 0 });
    },
    counts: (): LedgerCounts => ({ ...totals }),
    timesOf: (key: string): number => times.get(key) ?? 0,
    keysWhere(isWanted: (count: number) => boolean): string[] {
      const keys: string[] = [];
      for (const [key, count] of times) if (isWanted(count)) keys.push(key);
      return keys;
    },
  };
}
