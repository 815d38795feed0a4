import type { CostEstimate } from '../../../../src/batches/costs/estimate-cost';
import { reviewModal } from '../../../../src/slack/blocks/modals/review';
import type { ChannelAccess } from '../../../../src/slack/blocks/parts/review-blocks';
import { wordsFor } from '../../../../src/words/words-for';
import { rejectGroup, review } from '../batch-fixtures';

const NOTHING_LEARNT: CostEstimate = { countries: [], sums: [], unpriced: 1204 };

describe('the review', () => {
  const words = wordsFor('en-US');
  const shown = (access: ChannelAccess) =>
    reviewModal(words, {
      channelId: 'C0MARKETNG',
      review: review(),
      balance: { spendable: '1' },
      estimate: NOTHING_LEARNT,
      access,
      botName: 'bulk_sms',
    });

  it('has a Send button only if the bot can write in the channel', () => {
    expect(shown('ok').submit?.text).toBe('Send 1,204 messages');
    expect(shown('unknown').submit?.text).toBe('Send 1,204 messages');
    for (const access of ['not_member', 'not_found', 'archived', 'shared'] as const) {
      expect(shown(access).submit).toBeUndefined();
    }
    expect(JSON.stringify(shown('not_member'))).toContain('/invite @bulk_sms');
  });

  it('says what it may cost, and what it does not know', () => {
    const withEstimate = (estimate: CostEstimate) =>
      JSON.stringify(
        reviewModal(words, {
          channelId: 'C0MARKETNG',
          review: review(),
          balance: { spendable: '1' },
          estimate,
          access: 'ok',
          botName: 'bulk_sms',
        }),
      );
    expect(withEstimate(NOTHING_LEARNT)).toContain('not known yet');
    const learnt = {
      countries: [],
      sums: [{ currency: 'EUR', least: '30', median: '38.5', most: '40' }],
      unpriced: 4,
    };
    expect(withEstimate(learnt)).toContain('about 38.50 EUR (30.00 to 40.00)');
    expect(withEstimate(learnt)).toContain('without 4 messages whose price is not known yet');
    const sure = {
      countries: [],
      sums: [{ currency: 'EUR', least: '38.5', median: '38.5', most: '38.5' }],
      unpriced: 0,
    };
    expect(withEstimate(sure)).toMatch(/about 38\.50 EUR"/);
  });

  it('names each reason with its lines', () => {
    const groups = [rejectGroup('duplicate', 60, 'list.csv'), rejectGroup('too_short', 2, 'list.csv')];
    const text = JSON.stringify(
      reviewModal(words, {
        channelId: 'C0MARKETNG',
        review: review({ rejected: 62, rejectGroups: groups }),
        balance: { spendable: '1' },
        estimate: NOTHING_LEARNT,
        access: 'ok',
        botName: 'bulk_sms',
      }),
    );
    expect(text).toContain('Duplicate – 60: list.csv line 2 (same as line 7)');
    expect(text).toContain('and 57 more');
    expect(text).toContain('Too short – 2: list.csv line 2 (for China)');
  });

  it('names the characters that force Unicode and multiplies the segments', () => {
    const text = JSON.stringify(
      reviewModal(words, {
        channelId: 'C0MARKETNG',
        review: review({ content: `Price “5”\u200b${'x'.repeat(70)}`, accepted: 1000 }),
        balance: { spendable: '1' },
        estimate: NOTHING_LEARNT,
        access: 'ok',
        botName: 'bulk_sms',
      }),
    );
    expect(text).toContain('because of “  ”  U+200B.');
    expect(text).toContain('UCS-2, 2 segments each');
    expect(text).toContain('2,000');
  });

  it('says to those who write Chinese what fits, and not that Chinese is to be left out', () => {
    const text = JSON.stringify(
      reviewModal(words, {
        channelId: 'C0MARKETNG',
        review: review({ content: '您好，您的快递已到，请尽快领取。' }),
        balance: { spendable: '1' },
        estimate: NOTHING_LEARNT,
        access: 'ok',
        botName: 'bulk_sms',
      }),
    );
    expect(text).toContain('70 characters in a single segment');
    expect(text).not.toContain('because of');
  });
});
