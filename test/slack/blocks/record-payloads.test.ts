import { validateMessage } from '@bulk-sms/playground/slack/blocks/validate-message';
import type { Difference } from '../../../src/batches/reconciling/compare-records';
import { addDays } from '../../../src/batches/views/calendar-days';
import type { SentText } from '../../../src/batches/views/find-texts';
import type { UsageReport } from '../../../src/batches/views/get-usage-report';
import { comparisonMessage, SHOWN_EACH } from '../../../src/slack/blocks/messages/comparison';
import { foundTextsMessage } from '../../../src/slack/blocks/messages/found-texts';
import { usageReportMessage } from '../../../src/slack/blocks/messages/usage-report';
import { wordsFor } from '../../../src/words/words-for';
import { counts } from './batch-fixtures';

const PING = '<!channel> & '.repeat(400);
const MANY = counts({ delivered: 6_123_450, failed: 500_000, unknown: 76_550, sending: 300_000 });

/** The largest payloads that can occur. */
describe.each(['en-US', 'zh-CN'])('what Slack is sent about past texts in %s', (locale) => {
  const words = wordsFor(locale);
  const reader = { words, timeZone: 'Asia/Shanghai' };
  const valid = (built: { text: string; blocks: unknown[] }) => {
    expect(validateMessage({ channel: 'C0MARKETNG', text: built.text, blocks: built.blocks })).toEqual([]);
    expect(JSON.stringify(built)).not.toContain('<!channel>');
  };

  it.each([1, 2, 100])('the usage report, with a table of %i rows', (size) => {
    const periods = (most: number) =>
      Array.from({ length: Math.min(size, most) }, (_, index) => {
        const day = addDays('2026-01-01', index);
        return { from: day, to: size > most ? addDays(day, 2) : day, counts: MANY };
      });
    const costs = ['USD', 'EUR', 'CNY'].map((currency) => ({
      currency,
      cost: '1234567.123456',
      messages: 9,
    }));
    const codes = 'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO CN'.split(' ');
    const report: UsageReport = {
      range: {
        tenantId: '1',
        from: '2026-01-01',
        to: '2026-12-31',
        timeZone: 'America/Argentina/Buenos_Aires',
      },
      counts: MANY,
      chartPeriods: periods(14),
      tablePeriods: periods(100),
      senders: Array.from({ length: 60 }, (_, index) => ({ externalId: `U0ANNA00${index}`, counts: MANY })),
      countries: [null, ...codes].map((country) => ({ country, count: 1_000_000, costs })),
      costs,
      implausibleCosts: 1_000_000,
    };
    for (const withCharts of [true, false]) {
      const answer = usageReportMessage(words, report, withCharts);
      valid(answer);
      if (answer.plainer) valid(answer.plainer);
    }
  });

  it('the comparison', () => {
    const difference = (kind: Difference['kind']): Difference => ({
      kind,
      accountId: '1',
      messageId: PING,
      number: '+8613800138000',
      batchId: '1234567890',
      ours: 'delivered',
      theirs: 'failed',
    });
    const kinds = [
      'uncertain',
      'perhaps_ours',
      'only_theirs',
      'only_ours',
      'no_record_yet',
      'outcome',
    ] as const;
    const first = kinds.flatMap((kind) => Array.from({ length: SHOWN_EACH }, () => difference(kind)));
    const counts = (each: number) => ({
      uncertain: each,
      perhaps_ours: each,
      only_theirs: each,
      only_ours: each,
      no_record_yet: each,
      outcome: each,
    });
    const range = { from: '2026-01-01', to: '2026-12-31' };
    valid(
      comparisonMessage(words, range, {
        counts: counts(1_000_000),
        first,
        leftOutDays: 276,
        keepsRecordsDays: 90,
        hasDays: true,
      }),
    );
    valid(
      comparisonMessage(words, range, {
        counts: counts(0),
        first: [],
        leftOutDays: 0,
        keepsRecordsDays: 90,
        hasDays: true,
      }),
    );
  });

  it('the texts to one number', () => {
    const text: SentText = {
      batchId: '1234567890',
      content: PING,
      externalId: 'U0ANNA0001',
      attempt: 3,
      status: 'failed',
      failureReason: PING,
      startedAt: new Date(),
      changedAt: new Date(),
    };
    valid(
      foundTextsMessage(reader, '+8613800138000', {
        texts: Array(20).fill(text),
        total: 10_000,
        hiddenBatches: 12_000,
      }),
    );
    valid(foundTextsMessage(reader, '+8613800138000', { texts: [], total: 0, hiddenBatches: 1 }));
  });
});
