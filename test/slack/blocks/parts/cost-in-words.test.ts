import type { BatchInsights } from '../../../../src/batches/batch';
import { statusMessage } from '../../../../src/slack/blocks/messages/status-message';
import { wordsFor } from '../../../../src/words/words-for';
import { charged, counts, insights, summary } from '../batch-fixtures';

describe('what a batch has cost', () => {
  const reader = { words: wordsFor('en-US'), timeZone: 'UTC' };
  const completed = { status: 'completed', counts: counts({ delivered: 1_204 }) } as const;
  const shown = (batch: Parameters<typeof summary>[0], change: Partial<BatchInsights>): string[] => {
    const view = { summary: summary(batch), insights: insights(change), withChart: false };
    const { blocks } = statusMessage(reader, view);
    const texts = blocks.flatMap((block) => ('fields' in block ? (block.fields ?? []) : []));
    return texts.map(({ text }) => text).filter((text) => /Cost|Estimated/.test(text));
  };
  const usd = { currency: 'USD', least: '30', median: '38.5', most: '40.123456' };
  const estimate = { sums: [usd], unpriced: 4, messages: 1_204 };

  it('stands beside the estimate of the review, by currency', () => {
    const cost = charged(602, { USD: '36.12', EUR: '2.000001' });
    expect(shown(completed, { cost, estimate, accepted: 1_204 })).toEqual([
      '*Cost*\n36.12 USD + 2.000001 EUR\nfor 1,204 messages\n1,204 segments charged',
      '*Estimated for 1,204 messages*\nabout 38.50 USD (30.00 to 40.123456)\nwithout 4 messages whose price is not known yet',
    ]);
  });

  it('says for how many it is known', () => {
    const [cost] = shown(completed, { cost: charged(1_180, { USD: '36' }), estimate, accepted: 1_204 });
    expect(cost).toContain('known for 1,180 of 1,204 messages');
  });

  it('counts each send attempt as a message', () => {
    const [cost] = shown(completed, { cost: charged(1_240, { USD: '37' }), estimate, accepted: 1_240 });
    expect(cost).toContain('for 1,240 messages');
  });

  it('is called "so far" until the batch is complete', () => {
    const cost = charged(3, { USD: '0.09' });
    expect(shown({}, { cost })).toEqual([expect.stringContaining('*Cost so far*\n0.09 USD')]);
    expect(shown(completed, { cost, accepted: 3 })).toEqual([expect.stringContaining('*Cost*\n0.09 USD')]);
  });

  it('is shown as not known at the end, once the provider has accepted anything', () => {
    const none = { sums: [], pricedTexts: 0, segmentsCharged: 0, implausible: 0 };
    expect(shown(completed, { cost: none, estimate, accepted: 9 })).toEqual([
      '*Cost*\nnot known: the provider has reported no price',
      expect.stringContaining('*Estimated for'),
    ]);
    expect(shown(completed, { cost: none, estimate, accepted: 0 })).toEqual([]);
    expect(shown({}, { cost: none, estimate })).toEqual([]);
  });

  it('says how many costs cannot be right, also where no other is known', () => {
    const cost = { ...charged(2, { USD: '1' }), implausible: 1 };
    expect(shown(completed, { cost, accepted: 3 })).toEqual([
      expect.stringMatching(/1.00 USD[\s\S]*\nWithout 1 cost that cannot be right: ask the provider$/),
    ]);
    const none = { sums: [], pricedTexts: 0, segmentsCharged: 0, implausible: 2 };
    expect(shown({}, { cost: none })).toEqual([
      '*Cost so far*\nWithout 2 costs that cannot be right: ask the provider',
    ]);
  });

  it('shows no segments if the provider reported none', () => {
    const cost = {
      sums: [{ currency: 'USD', cost: '1', segments: 0, messages: 2 }],
      pricedTexts: 2,
      segmentsCharged: 0,
      implausible: 0,
    };
    expect(shown(completed, { cost, accepted: 2 })).toEqual(['*Cost*\n1.00 USD\nfor 2 messages']);
  });
});
