import type { Counts } from '../../../../src/batches/batch';
import { statusMessage } from '../../../../src/slack/blocks/messages/status-message';
import { wordsFor } from '../../../../src/words/words-for';
import { counts, insights, summary } from '../batch-fixtures';

describe('the status message', () => {
  const reader = { words: wordsFor('en-US'), timeZone: 'UTC' };
  const build = (change: Parameters<typeof summary>[0]) =>
    statusMessage(reader, { summary: summary(change), withChart: true });
  const ofType = (change: Parameters<typeof summary>[0], type: string) =>
    build(change).blocks.filter((block) => block.type === type);

  it('pings nobody but the sender', () => {
    const { blocks } = build({ content: '<!channel> <@U0BEN00001>', senderId: '<!here>' });
    const interpreted = blocks.filter((block) => block.type !== 'rich_text');
    expect(JSON.stringify(interpreted)).not.toMatch(/<!channel>|<!here>|U0BEN00001/);
    expect(JSON.stringify(interpreted)).toContain('<@U0ANNA0001>');
  });

  it('draws a slice for each state that exists, and none for the others', () => {
    const [chart] = ofType({ counts: counts({ delivered: 4, failed: 1 }) }, 'data_visualization');
    expect(chart).toMatchObject({
      chart: {
        segments: [
          { label: 'Delivered', value: 4 },
          { label: 'Failed', value: 1 },
        ],
      },
    });
    expect(ofType({ counts: counts() }, 'data_visualization')).toEqual([]);
  });

  it.each<[Parameters<typeof summary>[0], boolean]>([
    [{ status: 'submitting', counts: counts({ waiting: 1, sending: 1 }) }, true],
    [{ status: 'paused', counts: counts({ waiting: 1 }) }, true],
    [{ status: 'submitting', counts: counts({ sending: 1 }) }, false],
    [{ status: 'completed', counts: counts({ delivered: 1 }) }, false],
    [{ status: 'failed', counts: counts({ waiting: 1 }) }, false],
  ])('offers Cancel only while something is unsent: %j', (change, offered) => {
    expect(JSON.stringify(ofType(change, 'actions')).includes('sms_cancel')).toBe(offered);
  });

  it('says what to do when the account is empty', () => {
    const text = JSON.stringify(build({ status: 'paused', reason: { code: 'account', detail: '-10: no' } }));
    expect(text).toContain('Top up the account');
  });

  it('says why nothing is sent while the breaker is open, and that nobody need act', () => {
    const text = JSON.stringify(build({ status: 'submitting', isHeld: true }));
    expect(text).toContain('several unclear answers in a row');
    expect(text).toContain('by itself');
  });

  it('is not called complete while the provider says that some are on their way', () => {
    const completed = summary({ status: 'completed', counts: counts({ delivered: 8, unknown: 2 }) });
    const answered = counts({ delivered: 8, unknown: 1, sending: 1 });
    const live = {
      summary: completed,
      insights: insights(),
      counts: answered,
      askedAt: new Date(),
      asked: 2,
      notFound: 0,
      notAsked: 0,
    };
    const { text, blocks } = statusMessage(reader, { summary: completed, live, withChart: false });
    expect(text).toContain('10 messages submitted, waiting for delivery reports');
    expect(JSON.stringify(blocks)).not.toMatch(/Completed|accounted for/);
  });

  it('has all counts in its plain text', () => {
    const all: Partial<Counts> = { delivered: 1, sending: 2, failed: 3, unknown: 4, waiting: 90 };
    const { text } = build({ counts: counts(all) });
    for (const count of [
      '100 messages',
      'Delivered 1 ',
      'Sending 2 ',
      'Failed 3 ',
      'Unknown 4 ',
      'Waiting 90 ',
    ]) {
      expect(text).toContain(count);
    }
  });
});
