import type { BatchInsights, Counts, RejectGroup, Review, ReviewSource } from '../../../src/batches/batch';
import type { BatchDetails } from '../../../src/batches/views/batch-details';
import type { Column } from '../../../src/recipients/recipient';
import type { SeenShownBatch, ShownBatch } from '../../../src/slack/blocks/parts/shown-batch';

/** A batch in any state that a test wants. */
export function counts(change: Partial<Counts> = {}): Counts {
  const some = { delivered: 0, sending: 0, failed: 0, unknown: 0, waiting: 0, cancelled: 0, ...change };
  const sum = some.delivered + some.sending + some.failed + some.unknown + some.waiting + some.cancelled;
  return { ...some, total: change.total ?? sum };
}

export function summary(change: Partial<ShownBatch> = {}): ShownBatch & { sight: 'all' } {
  return {
    sight: 'all',
    id: '12',
    tenantId: '1',
    provider: 'onbuka',
    accountId: null,
    status: 'submitting',
    reason: null,
    round: 1,
    version: 1,
    alert: null,
    alertNumber: 0,
    awaitsDecision: false,
    isHeld: false,
    content: 'Hello from the tests',
    senderId: null,
    sender: { userId: '7', externalId: 'U0ANNA0001' },
    channelId: 'C0MARKETNG',
    messageTs: '1795500000.000100',
    followsEarlier: false,
    createdAt: new Date('2026-11-24T08:00:00Z'),
    startedAt: new Date('2026-11-24T08:01:00Z'),
    submittedAt: null,
    completedAt: null,
    checkedAt: null,
    counts: counts({ delivered: 3, sending: 2, waiting: 5 }),
    topReasons: [],
    failures: { permanent: 0, temporary: 0, not_told: change.counts?.failed ?? 0 },
    unanswered: null,
    ...change,
  };
}

/** The same for those who may know its counts alone. */
export function countsOf(batch: ShownBatch): SeenShownBatch {
  const { id, status, version, createdAt, startedAt, checkedAt, counts, ...more } = batch;
  const { channelId, messageTs, followsEarlier } = more;
  const place = { channelId, messageTs, followsEarlier };
  return { sight: 'counts', id, status, version, createdAt, startedAt, checkedAt, counts, ...place };
}

export function insights(change: Partial<BatchInsights> = {}): BatchInsights {
  const cost = { sums: [], pricedTexts: 0, segmentsCharged: 0, implausible: 0 };
  return {
    pace: 0,
    countries: [],
    cost,
    estimate: null,
    accepted: null,
    contradicted: 0,
    curve: [],
    ...change,
  };
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
  return { sums: each, pricedTexts: all, segmentsCharged: all, implausible: 0 };
}

export function review(change: Partial<Review> = {}): Review {
  return {
    batchId: '12',
    status: 'ready',
    reason: null,
    version: 3,
    content: 'Hello from the tests',
    senderId: null,
    entries: 1204,
    accepted: 1204,
    rejected: 0,
    rejectGroups: [],
    countries: [{ country: 'CN', count: 1204 }],
    progress: { readBytes: 100, totalBytes: 100, rows: 1204 },
    columnQuestions: [],
    sources: [reviewSource()],
    ...change,
  };
}

/** A source with everything that can be said of one. */
export function reviewSource(change: Partial<ReviewSource> = {}): ReviewSource {
  return {
    source: 0,
    name: 'list.csv',
    choice: {},
    reading: {
      layout: {
        encoding: 'utf-8',
        delimiter: ',',
        sheet: null,
        headings: [1],
        names: ['Name', 'Mobile'],
        width: 2,
        mayMove: false,
        phoneColumn: 1,
        countryColumn: null,
        headingCountry: null,
        consentColumns: [],
        roundedFromZeros: null,
        columns: [
          { sheet: null, index: 0, name: 'Name', samples: ['Li', 'Wu', 'Zhao'] },
          { sheet: null, index: 1, name: 'Mobile', samples: ['13800138000', '13800138001', '13800138002'] },
        ],
      },
      findings: {
        rows: 1205,
        headings: 1,
        entries: 1204,
        unreadableCells: 0,
        contradicted: 0,
        noConsent: 0,
        foreign: [],
        hiddenRows: 0,
        formulas: 0,
      },
    },
    ...change,
  };
}

/** A source of which everything must be said. */
export function fullSource(columns: Column[]): ReviewSource {
  const { reading, ...source } = reviewSource({ name: `${'很长的名字'.repeat(20)}<!here>.xlsx` });
  if (!reading) throw new Error('The fixture has a reading.');
  const names = columns.map(({ name }) => name);
  return {
    ...source,
    choice: { includeHidden: true, phoneColumn: 7 },
    reading: {
      layout: {
        ...reading.layout,
        encoding: null,
        delimiter: null,
        sheet: { index: 1, name: '<!channel> & co' },
        headings: [1, 2, 3],
        names,
        width: columns.length,
        phoneColumn: 7,
        countryColumn: 1,
        consentColumns: [2, 3, 4, 5],
        columns,
      },
      findings: {
        rows: 1_000_003,
        headings: 3,
        entries: 1_000_000,
        unreadableCells: 3,
        contradicted: 12_345,
        noConsent: 412,
        foreign: (['IN', 'ES', 'FR', 'DE', null] as const).map((country, index) => ({
          country,
          count: 50 - index,
        })),
        hiddenRows: 1_000,
        formulas: 7,
      },
    },
  };
}

export const REJECT_CODES = [
  'not_a_phone_number',
  'no_number',
  'too_short',
  'too_long',
  'not_valid_in_country',
  'country_missing',
  'country_unclear',
  'foreign_without_plus',
  'landline',
  'not_a_mobile',
  'damaged_by_spreadsheet',
  'several_numbers',
  'other_width',
  'no_consent',
  'hidden_row',
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
    searchedFirst: null,
    implausibleCosts: 0,
    page: 1,
    pages: 1,
    ...change,
  };
}
