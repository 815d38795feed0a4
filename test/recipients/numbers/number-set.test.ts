import fc from 'fast-check';
import { NumberSet } from '../../../src/recipients/numbers/number-set';
import type { RowRef } from '../../../src/recipients/recipient';

it('returns the first row of a number, as a Map would', () => {
  const number = fc.oneof(
    fc.bigInt({ min: 1n, max: 999_999_999_999_999n }),
    fc.bigInt({ min: 8_613_800_000_000n, max: 8_613_800_000_050n }),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 3000 }), (numbers) => {
      const set = new NumberSet();
      const map = new Map<string, RowRef>();
      numbers.forEach((digits, index) => {
        const e164 = `+${digits}`;
        const place = { source: index % 11, line: index + 1 };
        expect(set.addOrFind(e164, place)).toEqual(map.get(e164) ?? null);
        if (!map.has(e164)) map.set(e164, place);
      });
      expect(set.size).toBe(map.size);
    }),
    { numRuns: 20 },
  );
});

it('holds a run of 100,000 numbers, each once', () => {
  const set = new NumberSet();
  const e164 = (i: number) => `+${8_613_800_000_000 + i}`;
  for (let i = 0; i < 100_000; i += 1) set.addOrFind(e164(i), { source: 3, line: i });
  expect(set.size).toBe(100_000);
  for (let i = 0; i < 100_000; i += 9973) {
    expect(set.addOrFind(e164(i), { source: 0, line: 0 })).toEqual({ source: 3, line: i });
  }
});
