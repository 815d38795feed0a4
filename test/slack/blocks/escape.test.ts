import fc from 'fast-check';
import { clip, escapeMrkdwn, inline } from '../../../src/slack/blocks/escape';
import { deliveryBar, progressBar } from '../../../src/slack/blocks/parts/text-bar';
import { counts } from './batch-fixtures';

it('leaves nothing that Slack would interpret', () => {
  expect(escapeMrkdwn('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
});

it('clips to the limit and never cuts a character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const clipped = clip(text, limit);
      expect(clipped.length).toBeLessThanOrEqual(limit);
      expect(() => encodeURIComponent(clipped)).not.toThrow();
    }),
  );
});

it('keeps a value on one line', () => {
  expect(inline('a\n*b*\t<c>')).toBe('a *b* &lt;c&gt;');
});

it('draws every bar twenty cells wide, with a cell for every part that exists', () => {
  const part = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(part, part, part, part, (delivered, failed, unknown, waiting) => {
      const bar = deliveryBar(counts({ delivered, failed, unknown, waiting }));
      expect(bar).toHaveLength(20);
      expect(bar.includes('█')).toBe(delivered > 0);
      expect(bar.includes('▓')).toBe(failed + unknown > 0);
    }),
  );
  expect(progressBar(5, 0)).toHaveLength(20);
  expect(progressBar(20, 10)).toBe('█'.repeat(20));
});
