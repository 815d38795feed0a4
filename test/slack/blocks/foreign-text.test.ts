import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cleanReason } from '../../../src/providers/clean-reason';
import { withCleanReasons } from '../../../src/providers/send-outcome';
import { appHome } from '../../../src/slack/blocks/app-home';
import { alertMessage } from '../../../src/slack/blocks/messages/alert';
import { completionNotice } from '../../../src/slack/blocks/messages/completion-notice';
import { foundTextsMessage } from '../../../src/slack/blocks/messages/found-texts';
import { balanceReply, batchListReply, helpReply } from '../../../src/slack/blocks/messages/replies';
import { reviewMessage } from '../../../src/slack/blocks/messages/review-message';
import { statusMessage } from '../../../src/slack/blocks/messages/status-message';
import { columnsModal } from '../../../src/slack/blocks/modals/columns';
import { detailsModal } from '../../../src/slack/blocks/modals/details';
import { changeReadingModal } from '../../../src/slack/blocks/modals/reading-choices';
import { reviewModal } from '../../../src/slack/blocks/modals/review';
import { wordsFor } from '../../../src/words/words-for';
import { details, fullSource, REJECT_CODES, rejectGroup, review, summary } from './batch-fixtures';

const NUMBER = '+86 138-0013 8000';
const ESC = '\u001b';
/** What a provider, a file or a person may write to be taken for something else. */
const HOSTILE = `\u202e${ESC}[31m@everyone <!channel> <@U0BEN00001> #general \u2066\u200b\u061chttps://trap.example/x trap.example ${NUMBER} １３８００１３８０００`;
const NAME = `\u202egpj.\u2066@here #general evil.example\u200b.csv`;
const UNSEEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const REACHES_OUT = /@everyone|<!channel>|U0BEN00001|trap\.example|https?:/;
const LONG_NUMBER = /\p{N}(?:[ -]?\p{N}){6,}/u;

const reason = { code: 'strange', detail: HOSTILE };
const failed = {
  recipientNumber: '+8613800138000',
  line: 7,
  sourceName: NAME,
  status: 'failed' as const,
  failureReason: HOSTILE,
  updatedAt: new Date(0),
};

describe.each(['en-US', 'zh-CN'])('foreign text in %s', (locale) => {
  const words = wordsFor(locale);
  const reader = { words, timeZone: 'UTC' };
  const batch = summary({
    status: 'paused',
    reason,
    senderId: NAME,
    topReasons: [{ reason: HOSTILE, count: 3 }],
    completedAt: new Date('2026-11-25T09:01:05Z'),
  });
  const columns = [0, 1].map((index) => ({ sheet: null, index, name: NAME, samples: [NAME, NAME] }));
  const source = { ...fullSource(columns), name: NAME };
  const shown = {
    channelId: 'C0MARKETNG',
    review: review({
      senderId: NAME,
      sources: [source, { ...source, source: 1 }],
      rejected: 9,
      rejectGroups: REJECT_CODES.map((code) => rejectGroup(code, 3, NAME)),
    }),
    balance: { unknown: words.reasons.providerBusy.what },
    estimate: null,
    access: 'not_member' as const,
    botName: NAME,
  };
  const text = {
    ...{ batchId: '1', content: NAME, externalId: 'U0ANNA0001', attempt: 1, status: 'failed' as const },
    ...{ failureReason: HOSTILE, startedAt: new Date(0), changedAt: new Date(0) },
  };
  const balance = { provider: 'onbuka', spendable: null, currency: null };

  const payloads: Record<string, unknown> = {
    status: statusMessage(reader, { summary: batch, withChart: true }),
    completion: completionNotice(words, batch),
    alert: alertMessage(words, batch, 'paused'),
    details: detailsModal(
      reader,
      details({ summary: batch, reasons: batch.topReasons, recipients: [failed], page: 1 }),
    ),
    found: foundTextsMessage(reader, '', { texts: [text], total: 1, hiddenBatches: 0 }),
    review: reviewModal(words, shown),
    reviewInMessage: reviewMessage(words, shown),
    columns: columnsModal(words, '12', [{ source: 0, sourceName: NAME, columns, mayBeAll: false }]),
    reading: source.reading
      ? changeReadingModal(
          words,
          { batchId: '12', source: 0, version: 3 },
          { ...source, reading: source.reading },
        )
      : null,
    list: batchListReply(reader, [batch], 'https://playground.slack.com/'),
    help: helpReply(words, '/sms', NAME, true),
    balance: balanceReply(words, { ...balance, parts: [{ name: 'balance', amount: null, written: NAME }] }),
    home: appHome(reader, {
      ...{ command: '/sms', workspaceUrl: 'https://playground.slack.com/', maySend: true },
      ...{ balance: { unknown: 'x' }, batches: [batch] },
    }),
  };

  it.each(Object.entries(payloads))('%s: Slack makes no link and no mention of it', (_name, payload) => {
    const texts = objectsIn(payload);
    const marked = texts.filter((one) => one.type === 'mrkdwn');
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.filter((one) => one.verbatim !== true)).toEqual([]);
    expect(JSON.stringify(payload)).not.toContain('<!channel>');
    // Only the reader's own text is shown as it is; names, reasons and cells are without what would disguise them.
    expect(JSON.stringify(marked)).not.toMatch(UNSEEN);
  });

  it.each(['status', 'completion', 'alert', 'details', 'found'])(
    '%s: a reason shows no number, link or mention',
    (name) => {
      const told = `${JSON.stringify(reasonTexts(payloads[name]))}`;
      expect(told).toContain('[number]');
      expect(told).toContain('[link]');
      expect(told).not.toMatch(LONG_NUMBER);
      expect(told).not.toMatch(REACHES_OUT);
    },
  );
});

it('a reason is cleaned before it is stored, whatever provider wrote it', () => {
  const outcome = withCleanReasons({
    ...{ accepted: [], unclear: [], deferred: [] },
    refused: [{ orderId: 'a', reason: HOSTILE }],
    because: { kind: 'rejected', fault: 'account', code: '-10', reason: HOSTILE },
  });
  for (const stored of [outcome.refused[0]?.reason ?? '', outcome.because?.reason ?? '']) {
    expect(stored).toContain('[link]');
    expect(stored).not.toContain(ESC);
    for (const pattern of [UNSEEN, REACHES_OUT, LONG_NUMBER]) expect(stored).not.toMatch(pattern);
    expect(stored.length).toBeLessThanOrEqual(200);
  }
});

it.each([
  ['-9', '-9'],
  ['DELIVRD', 'DELIVRD'],
  ['http_429', 'http_429'],
  ['insufficient balance: 12.50 of 1000', 'insufficient balance: 12.50 of 1000'],
  ['expired.Please retry', 'expired.Please retry'],
  ['余额不足，请充值：http://evil.example/充值', '余额不足，请充值：[link]'],
  ['ring (0)138/0013-8000', 'ring ([number]'],
  ['ring 138*0013*8000 or 138 : 0013 : 8000', 'ring [number] or [number]'],
  ["ring 1'3'8|0'0'1'3 now", 'ring [number] now'],
  [`${ESC}[1;31mred${ESC}[0m\u0007`, 'red'],
  ['mail @ops at ops@evil.example', 'mail ops at ops@[link]'],
  ['x'.repeat(5_000), 'x'.repeat(200)],
  ['\u202e\u200b', null],
  [null, null],
])('cleans the reason %j', (written, shown) => {
  expect(cleanReason(written)).toBe(shown);
});

it('only block-kit.ts makes mrkdwn, so that all of it is verbatim', () => {
  const slack = resolve(__dirname, '../../../src/slack');
  const making = readdirSync(slack, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /['"]mrkdwn['"]/.test(readFileSync(join(slack, file), 'utf8')));
  expect(making).toEqual(['blocks/block-kit.ts']);
});

type Found = { type?: unknown; text?: unknown; verbatim?: unknown };

function objectsIn(value: unknown): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Found, ...Object.values(value).flatMap(objectsIn)];
}

/** The texts in which a reason was put: those that tell of a link that was taken out. */
const reasonTexts = (payload: unknown) =>
  objectsIn(payload)
    .map(({ text }) => text)
    .filter((text) => typeof text === 'string' && /\[(?:link|number)\]|trap/.test(text));
