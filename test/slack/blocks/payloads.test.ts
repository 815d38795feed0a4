import { validateMessage } from '@bulk-sms/playground/slack/blocks/validate-message';
import { validateView } from '@bulk-sms/playground/slack/blocks/validate-view';
import type { CostEstimate } from '../../../src/batches/costs/estimate-cost';
import { appHome, homeNotice } from '../../../src/slack/blocks/app-home';
import { alertMessage } from '../../../src/slack/blocks/messages/alert';
import { completionNotice } from '../../../src/slack/blocks/messages/completion-notice';
import {
  balanceReply,
  batchListReply,
  helpReply,
  plainReply,
} from '../../../src/slack/blocks/messages/replies';
import { columnsMessage, reviewMessage } from '../../../src/slack/blocks/messages/review-message';
import { statusMessage } from '../../../src/slack/blocks/messages/status-message';
import { statusReply } from '../../../src/slack/blocks/messages/status-reply';
import { adminModal } from '../../../src/slack/blocks/modals/admin';
import { columnsModal } from '../../../src/slack/blocks/modals/columns';
import { composeModal } from '../../../src/slack/blocks/modals/compose';
import { detailsModal } from '../../../src/slack/blocks/modals/details';
import { importProgressModal } from '../../../src/slack/blocks/modals/import-progress';
import { noticeModal } from '../../../src/slack/blocks/modals/notice';
import { openDraftModal } from '../../../src/slack/blocks/modals/open-draft';
import { changeReadingModal } from '../../../src/slack/blocks/modals/reading-choices';
import { reviewModal } from '../../../src/slack/blocks/modals/review';
import type { ChannelAccess } from '../../../src/slack/blocks/parts/review-blocks';
import { wordsFor } from '../../../src/words/words-for';
import {
  counts,
  countsOf,
  details,
  fullSource,
  insights,
  REJECT_CODES,
  rejectGroup,
  review,
  reviewSource,
  summary,
} from './batch-fixtures';

const PING = '<!channel>'.padEnd(1024, ' <!here> <@U0BEN00001> & *bold* http://example.com');
const CHINESE = '双十一大促，全场五折'.repeat(103).slice(0, 1024);
const LONG_NAME = `${'很长的名字'.repeat(20)}<!here>.csv`;
const MILLION = counts({
  delivered: 612_345,
  sending: 300_000,
  failed: 50_000,
  unknown: 7_655,
  waiting: 30_000,
});
const REASONS = Array.from({ length: 50 }, (_, index) => ({
  reason: `<!channel> & provider fault ${index} ${'x'.repeat(300)}`,
  count: 1_000_000 - index,
}));

const DEAR: CostEstimate = {
  countries: [],
  sums: ['EUR', 'USD', 'CNY'].map((currency) => ({
    currency,
    least: '31000.000000',
    median: '32000.123456',
    most: '45000.000001',
  })),
  unpriced: 999_999,
};

describe.each(['en-US', 'zh-CN'])('what Slack is sent in %s', (locale) => {
  const words = wordsFor(locale);
  const reader = { words, timeZone: 'Asia/Shanghai' };
  const message = (built: { text: string; blocks: unknown[] }) => {
    expect(validateMessage({ channel: 'C0MARKETNG', ...built })).toEqual([]);
    expect(built.text.length).toBeGreaterThan(0);
    return JSON.stringify(built);
  };
  const view = (built: object) => expect(validateView(built)).toEqual([]);

  const states: [string, Parameters<typeof summary>[0]][] = [
    ['pending', { status: 'pending', counts: counts({ waiting: 1 }) }],
    ['submitting', { status: 'submitting', counts: MILLION }],
    ['submitted', { status: 'submitted', counts: counts({ sending: 10 }), checkedAt: new Date(0) }],
    ['completed', { status: 'completed', counts: counts({ delivered: 9, unknown: 1 }) }],
    ['cancelled', { status: 'cancelled', counts: counts({ cancelled: 10 }) }],
    ['paused', { status: 'paused', reason: { code: 'account', detail: '-10: insufficient balance' } }],
    ['failed', { status: 'failed', reason: { code: 'content', detail: '-3: sensitive words' } }],
    ['a text of pings', { content: PING, senderId: '<!channel>' }],
    ['a long Chinese text', { content: CHINESE }],
    ['nobody at all', { counts: counts() }],
    ['moved to a direct message', { channelId: 'D0ANNA0001' }],
    ['an unknown reason', { status: 'paused', reason: { code: 'strange', detail: '<!here>'.repeat(200) } }],
  ];

  it.each(states)('the status message: %s', (_name, change) => {
    const live = {
      summary: summary(change),
      insights: insights(),
      counts: counts({ delivered: 1 }),
      askedAt: new Date(),
      asked: 5,
      notFound: 2,
      notAsked: 0,
    };
    for (const withChart of [true, false]) {
      message(statusMessage(reader, { summary: summary(change), withChart }));
      message(statusMessage(reader, { summary: summary(change), withChart, live }));
    }
  });

  it.each(states)('the completion notice: %s', (_name, change) => {
    const batch = summary({ ...change, completedAt: new Date('2026-11-25T09:01:05Z') });
    message(completionNotice(words, { ...batch, topReasons: REASONS.slice(0, 5) }));
  });

  it.each<ChannelAccess>(['ok', 'unknown', 'not_member', 'not_found', 'archived'])(
    'the review when the channel is %s',
    (access) => {
      const balances = [{ spendable: '99.990000' }, { unknown: words.reasons.providerBusy.what }];
      const reviews = [
        review(),
        review({ accepted: 0, rejected: 5, rejectGroups: [rejectGroup('landline', 5, null)] }),
        review({
          status: 'failed',
          reason: { code: 'unreadable_file', detail: `spreadsheet: ${LONG_NAME}` },
        }),
        review({
          accepted: 1_000_000,
          content: CHINESE,
          senderId: '<!channel>',
          rejected: 1_000_000,
          rejectGroups: REJECT_CODES.map((code) => rejectGroup(code, 100_000, LONG_NAME)),
          countries: ['CN', 'US', null, 'GB', 'DE', 'FR', 'HK'].map((country) => ({ country, count: 9 })),
        }),
      ];
      for (const one of reviews) {
        for (const balance of balances) {
          const shown = {
            channelId: 'C0MARKETNG',
            review: one,
            balance,
            estimate: DEAR,
            access,
            botName: 'bulk_sms',
          };
          view(reviewModal(words, shown));
          message(reviewMessage(words, shown));
        }
      }
    },
  );

  it.each(['paused', 'failed', 'stalled', 'uncertain'] as const)('the alert: %s', (matter) => {
    const reason = { code: 'account', detail: '-10: insufficient balance' };
    for (const change of [{}, { reason }]) {
      message(alertMessage(words, summary({ ...change, counts: MILLION }), matter));
    }
  });

  it('the forms and their steps', () => {
    view(composeModal(words, { submitKey: '00000000-0000-4000-8000-000000000000' }, 'CN'));
    view(composeModal(words, { submitKey: 'k' }, undefined, 'C0MARKET01'));
    for (const step of ['reading', 'waits', 'ready'] as const) {
      const draft = { batchId: '12', content: PING, begunAt: new Date(), step, recipients: 1_000_000 };
      view(openDraftModal(reader, draft));
    }
    view(importProgressModal(words, null));
    view(importProgressModal(words, { readBytes: 3, totalBytes: 10, rows: 1_000_000 }));
    view(noticeModal(words, words.errors.title, words.errors.unexpected('0123abcd', '/sms')));
    const columns = Array.from({ length: 150 }, (_, index) => ({
      sheet: index % 3 ? null : { index: 1, name: LONG_NAME },
      index,
      name: index % 2 ? null : LONG_NAME,
      samples: ['很'.repeat(200), '13800138000', ''],
    }));
    const questions = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((source) => ({
      source,
      sourceName: source ? LONG_NAME : null,
      columns,
      mayBeAll: source === 1,
    }));
    view(columnsModal(words, '12', questions));
    for (const source of [reviewSource(), fullSource(columns)]) {
      const { reading } = source;
      if (reading)
        view(changeReadingModal(words, { batchId: '12', source: 0, version: 3 }, { ...source, reading }));
    }
    // Ten files and pasted numbers, with the longest names that are shown.
    const sources = Array.from({ length: 11 }, (_, source) => {
      const name = '&<>'.repeat(40);
      return { ...fullSource(columns.map((column) => ({ ...column, name }))), name, source };
    });
    const shown = {
      channelId: 'C0MARKETNG',
      review: review({
        sources,
        content: CHINESE,
        rejected: 1_000_000,
        rejectGroups: REJECT_CODES.map((code) => rejectGroup(code, 100_000, LONG_NAME)),
      }),
      balance: { spendable: '99.990000' },
      estimate: DEAR,
      access: 'ok' as const,
      botName: 'bulk_sms',
    };
    view(reviewModal(words, shown));
    message(reviewMessage(words, shown));
    message(columnsMessage(words, '12'));
  });

  it('the details, page by page', () => {
    const recipients = Array.from({ length: 20 }, (_, index) => ({
      recipientNumber: `+8613800138${String(index).padStart(3, '0')}`,
      line: 1_000_000 + index,
      sourceName: LONG_NAME,
      status: 'failed' as const,
      failureReason: REASONS[0]?.reason ?? null,
      updatedAt: new Date(),
    }));
    view(detailsModal({ words, timeZone: 'UTC' }, details()));
    view(
      detailsModal(
        { words, timeZone: 'UTC' },
        details({ reasons: REASONS, recipients, page: 1, pages: 50_000 }),
      ),
    );
    view(
      detailsModal(
        { words, timeZone: 'UTC' },
        details({ reasons: REASONS, recipients, page: 50_000, pages: 50_000 }),
      ),
    );
  });

  it('the replies to one person, and App Home', () => {
    const batches = Array.from({ length: 10 }, (_, index) =>
      summary({ id: String(index), content: PING, counts: MILLION }),
    );
    message(plainReply(words.replies.noBatches('/sms')));
    message(helpReply(words, '/sms', '<!channel>'.repeat(30), true));
    const parts = [
      { name: 'balance', amount: '99.99', written: '99.990' },
      { name: 'gift', amount: '50.00000', written: '50.00000' },
      { name: 'credit', amount: null, written: '<!channel> n/a' },
    ];
    const balance = { provider: 'onbuka', spendable: '149.99', currency: null, parts };
    message(balanceReply(words, balance));
    message(balanceReply(words, { ...balance, parts: [] }));
    message(balanceReply(words, { ...balance, spendable: null }));
    message(batchListReply(reader, batches, 'https://playground.slack.com/'));
    message(batchListReply(reader, batches.map(countsOf), 'https://playground.slack.com/'));
    message(statusReply(reader, { summary: countsOf(summary({ counts: MILLION })), insights: null }));
    const home = { command: '/sms', workspaceUrl: 'https://playground.slack.com/' };
    view(appHome(reader, { ...home, maySend: true, balance: { spendable: '1' }, batches }));
    view(appHome(reader, { ...home, maySend: true, balance: { unknown: 'x' }, batches: [] }));
    view(appHome(reader, { ...home, maySend: false, balance: null, batches: batches.map(countsOf) }));
    view(appHome(reader, { ...home, maySend: false, balance: null, batches: [] }));
  });

  it('what admins see, with as much as it shows', () => {
    const at = new Date('2026-11-30T10:00:00Z');
    const many = <T>(one: (id: string) => T) =>
      Array.from({ length: 11 }, (_, index) => one(`U00000${index}`));
    const costs = ['EUR', 'USD', 'CNY'].map((currency) => ({ currency, cost: '31000.000001' }));
    const used = { batches: 9_999, texts: 1_000_000, delivered: 900_000, failed: 99_999, files: 500 };
    const open = { drafts: 20, draftRows: 1_000_000, requests: 3 };
    const full = {
      days: 7,
      people: many((id) => ({ userId: '1', externalId: id, isBlocked: false, ...used, ...open, costs })),
      drafts: many((id) => ({ batchId: '1', userId: '1', externalId: id, createdAt: at, rows: 60_000 })),
      requests: many((id) => ({ id, batchId: '1', slackUserId: id, askedAt: at, isStopping: false })),
      blocked: many((id) => ({ id: '1', slackUserId: id, blockedAt: at, blockedBy: null })),
      done: words.admin.alreadyStarted('12'),
    };
    view(adminModal(reader, full));
    expect(adminModal(reader, full).blocks.length).toBeLessThanOrEqual(100);
    view(adminModal(reader, { days: 7, people: [], drafts: [], requests: [], blocked: [], done: null }));
    view(homeNotice(words, words.errors.blocked));
  });

  it('a Send button that fits at a million', () => {
    expect(words.review.submit(1_000_000).length).toBeLessThanOrEqual(24);
    expect(words.review.submit(1_204)).toContain('1,204');
  });
});
