import type { BatchInsights, Counts, RejectGroup, Review } from '../../../src/batches/batch';
import type { BatchDetails } from '../../../src/batches/views/batch-details';
import type { ShownBatch } from '../../../src/slack/blocks/parts/shown-batch';

/** A batch in any state that a test wants. */
export function counts(change: Partial<Counts> = {}): Counts {
  const some = { delivered: 0, sending: 0, failed: 0, unknown: 0, waiting: 0, cancelled: 0, ...change };
  const sum = some.delivered + some.sending + some.failed + some.unknown + some.waiting + some.cancelled;
  return { ...some, total: change.total ?? sum };
}

export function summary(change: Partial<ShownBatch> = {}): ShownBatch {
  return {
    id: '12',
    tenantId: '1',
    provider: 'onbuka',
    accountId: null,
    status: 'submitting',
    reason: null,
    round: 1,
    version: 1,
    alert: null,
    awaitsDecision: false,
    isHeld: false,
    content: 'Hello from the tests',
    senderId: null,
    sender: { userId: '7', externalId: 'U0ANNA0001' },
    channelId: 'C0MARKETNG',
    messageTs: '1795500000.000100',
    createdAt: new Date('2026-11-24T08:00:00Z'),
    startedAt: new Date('2026-11-24T08:01:00Z'),
    submittedAt: null,
    completedAt: null,
    checkedAt: null,
    counts: counts({ delivered: 3, sending: 2, waiting: 5 }),
    topReasons: [],
    ...change,
  };
}

export function insights(change: Partial<BatchInsights> = {}): BatchInsights {
  const cost = { sums: [], pricedTexts: 0, segmentsCharged: 0 };
  return { pace: 0, countries: [], cost, estimate: null, accepted: null, curve: [], ...change };
}

/** What was charged, by currency, for as many messages each. */
export function charged(messages: number, sums: Record<string, string>): BatchInsights['cost'] {
  const each = Object.entries(sums).map(([currency, cost]) => ({
    currency,
    cost,
    segments: messages,
    messages,
  }));
  const all = messages * each.length;
  return { sums: each, pricedTexts: all, segmentsCharged: all };
}

export function review(change: Partial<Review> = {}): Review {
  return {
    batchId: '12',
    status: 'ready',
    reason: null,
    version: 3,
    content: 'Hello from the tests',
    senderId: null,
    accepted: 1204,
    rejected: 0,
    rejectGroups: [],
    countries: [{ country: 'CN', count: 1204 }],
    progress: { readBytes: 100, totalBytes: 100, rows: 1204 },
    columnQuestions: [],
    ...change,
  };
}

export const REJECT_CODES = [
  'not_a_phone_number',
  'no_number',
  'too_short',
  'too_long',
  'not_valid_in_country',
  'country_missing',
  'landline',
  'not_a_mobile',
  'damaged_by_spreadsheet',
  'duplicate',
  'unreadable_row',
] as const;

export function rejectGroup(
  code: RejectGroup['code'],
  count: number,
  sourceName: string | null,
): RejectGroup {
  const reason = {
    code,
    country: 'CN',
    of: { source: 0, line: 7 },
  } as unknown as RejectGroup['examples'][number]['reason'];
  const examples = [2, 3, 1_000_000].map((line) => ({ sourceName, line, reason, elsewhere: null }));
  return { code, count, examples: examples.slice(0, count) };
}

export function details(change: Partial<BatchDetails> = {}): BatchDetails {
  return {
    summary: summary(),
    reasons: [],
    filter: 'all',
    search: '',
    recipients: [],
    rejectedRows: [],
    history: null,
    page: 1,
    pages: 1,
    ...change,
  };
}
