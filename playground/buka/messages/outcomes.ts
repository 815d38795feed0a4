import { fraction } from '../chance';

/**
 * The outcome of a text to a number:
 * - `abnormal`: a request that contains the number is refused as a whole (-9);
 * - `refused`: left out of the answer to a send;
 * - `stuck`: accepted, and never final;
 * - `failed`, `delivered`: accepted, and final after a while.
 */
export type Outcome = 'abnormal' | 'refused' | 'stuck' | 'failed' | 'delivered';

/** Numbers with this ending always have this outcome. */
interface NumberRule {
  endsWith: string;
  outcome: Outcome;
  reason?: string;
}

export interface Outcomes {
  rules: NumberRule[];
  /** Share of the other numbers that fail, 0 to 1. */
  failedShare: number;
  /** The reasons of failures. Each is equally likely. */
  reasons: string[];
}

/** The shortest and longest time of a message in the provider's queue, and then on its way. */
export interface Timings {
  queuedMs: { min: number; max: number };
  sendingMs: { min: number; max: number };
}

const FAILURE_REASONS = ['UNDELIV', 'EXPIRED', 'REJECTD', 'ABSENT_SUBSCRIBER', 'BLACKLISTED'];

/** Everything is delivered. The default in tests. */
export const FAIR_OUTCOMES: Outcomes = { rules: [], failedShare: 0, reasons: FAILURE_REASONS };

/** Some of each outcome, for the demo. */
export const LIFELIKE_OUTCOMES: Outcomes = {
  rules: [
    { endsWith: '0000', outcome: 'failed', reason: 'ABSENT_SUBSCRIBER' },
    { endsWith: '0404', outcome: 'refused' },
    { endsWith: '0999', outcome: 'stuck' },
  ],
  failedShare: 0.04,
  reasons: FAILURE_REASONS,
};

export const LIFELIKE_TIMINGS: Timings = {
  queuedMs: { min: 300, max: 2_000 },
  sendingMs: { min: 1_000, max: 9_000 },
};

/** The outcome of a text to a number. `reason` is why it fails. */
export function outcomeOf(
  outcomes: Outcomes,
  number: string,
  luck: number,
): { outcome: Outcome; reason: string } {
  const rule = ruleFor(outcomes, number);
  if (rule) return { outcome: rule.outcome, reason: rule.reason ?? FAILURE_REASONS[0] ?? '' };
  if (fraction(luck, 1) >= outcomes.failedShare) return { outcome: 'delivered', reason: '' };
  const reason = outcomes.reasons[Math.floor(fraction(luck, 2) * outcomes.reasons.length)];
  return { outcome: 'failed', reason: reason ?? '' };
}

export function ruleFor(outcomes: Outcomes, number: string): NumberRule | undefined {
  return outcomes.rules.find((rule) => number.endsWith(rule.endsWith));
}

/** How long after acceptance a message leaves the queue, and when it is final. */
export function delaysOf(timings: Timings, luck: number): { sendingAfterMs: number; finalAfterMs: number } {
  const sendingAfterMs = between(timings.queuedMs, fraction(luck, 3));
  return { sendingAfterMs, finalAfterMs: sendingAfterMs + between(timings.sendingMs, fraction(luck, 4)) };
}

function between(range: { min: number; max: number }, share: number): number {
  return Math.floor(range.min + (range.max - range.min) * share);
}
