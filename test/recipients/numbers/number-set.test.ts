import fc from 'fast-check';
import { NumberSet } from '../../../src/recipients/numbers/number-set';
import { createRandomHash } from '../../../src/recipients/numbers/random-hash';
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

describe('chosen numbers', () => {
  const SLOTS = 2 ** 18;
  const COUNT = process.env.FAULTS === 'full' ? 100_000 : 20_000;
  const FIRST = 13_000_000_000;

  /** How often a slot is looked at while these numbers are put into a table of a set, for each of them. */
  function looksFor(numbers: number[], hash: (value: number) => number): number {
    const slots = new Uint8Array(SLOTS);
    let looks = 0;
    for (const number of numbers) {
      let slot = hash(number) & (SLOTS - 1);
      for (looks += 1; slots[slot] === 1; looks += 1) slot = (slot + 1) & (SLOTS - 1);
      slots[slot] = 1;
    }
    return looks / numbers.length;
  }

  it('that fall into one region of one set are spread by every other: nobody knows its hash', () => {
    const known = createRandomHash();
    const region = SLOTS / 64;
    const chosen: number[] = [];
    for (let number = FIRST; chosen.length < COUNT; number += 1) {
      if ((known(number) & (SLOTS - 1)) < region) chosen.push(number);
    }
    expect(looksFor(chosen, known)).toBeGreaterThan(COUNT / 10);
    for (let i = 0; i < 5; i += 1) expect(looksFor(chosen, createRandomHash())).toBeLessThan(5);
  });

  it.each([
    ['a run', (i: number) => FIRST + i],
    ['of the same low bits', (i: number) => FIRST + i * 2 ** 18],
    ['of the same high bits, with gaps', (i: number) => FIRST + i * 4_096],
  ])('that are %s are spread', (_, numberAt) => {
    const numbers = Array.from({ length: 100_000 }, (_unused, i) => numberAt(i));
    for (let i = 0; i < 5; i += 1) expect(looksFor(numbers, createRandomHash())).toBeLessThan(5);
  });
});
