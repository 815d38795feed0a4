import { deliveryCurve } from '../../../../src/slack/blocks/parts/delivery-curve';
import { wordsFor } from '../../../../src/words/words-for';
import { insights } from '../batch-fixtures';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the labels of the delivery curve', () => {
  const labelsOver = (tookMs: number, steps = 10) => {
    const curve = Array.from({ length: steps }, (_, index) => ({
      afterMs: Math.round((tookMs * (index + 1)) / steps),
      delivered: index,
      failed: 0,
    }));
    const block = deliveryCurve(wordsFor('en-US'), insights({ curve }));
    return block?.chart.type === 'line' ? block.chart.axis_config : undefined;
  };

  it.each([
    ['two seconds', 2_000, 2, '0:01', '0:02', 'minutes:seconds'],
    ['minutes', 59 * MINUTE, 10, '5:54', '59:00', 'minutes:seconds'],
    ['hours', 30 * HOUR, 10, '3:00', '30:00', 'hours:minutes'],
    ['the last horizon', 72 * HOUR, 10, '0.3', '3.0', 'days'],
  ])('are short and all different over %s', (_name, tookMs, steps, first, last, unit) => {
    const axis = labelsOver(tookMs, steps);
    expect(axis?.categories[0]).toBe(first);
    expect(axis?.categories.at(-1)).toBe(last);
    expect(new Set(axis?.categories).size).toBe(steps);
    expect(axis?.x_label).toContain(unit);
  });
});
