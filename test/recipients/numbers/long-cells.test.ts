import { isAnswer } from '../../../src/recipients/columns/consent-answers';
import { countryInHeading, readCountry } from '../../../src/recipients/columns/country-names';
import { isPhoneName } from '../../../src/recipients/columns/phone-column-names';
import { cleanCell, looksLikeNumber, mayHoldNumber } from '../../../src/recipients/numbers/clean-cell';
import { looksLikeNumbers, readCell } from '../../../src/recipients/numbers/read-cell';

const LENGTH = process.env.FAULTS === 'full' ? 60_000 : 15_000;
/**
 * Work that is not in proportion is seen at every length. At one alone the engine may have compiled the code for the
 * longer cell anew.
 */
const LENGTHS = [LENGTH, 2 * LENGTH, 4 * LENGTH];
const TRIES = 8;
/** What no work of one step a character takes. */
const SURELY_LINEAR_MS = 2;

/** Whatever looks into a cell before it is known what it is. */
const READERS: Record<string, (cell: string) => unknown> = {
  readCell: (cell) => readCell(cell, 'US'),
  cleanCell,
  looksLikeNumber,
  looksLikeNumbers,
  mayHoldNumber,
  isPhoneName,
  isAnswer,
  readCountry,
  countryInHeading,
};
const SIGNS = [
  '(',
  ')',
  ' ',
  '1',
  '+',
  '-',
  '.',
  ',',
  '/',
  ';',
  'x',
  'E',
  "'",
  '"',
  '=',
  '\u0661',
  '\u2460',
  '中',
  '\u200b',
];
const BEGINNINGS = ['', '(', '+', '2025550123', '1.5E', '="'];
const CELLS = BEGINNINGS.flatMap((beginning) =>
  [...SIGNS, '1 ', '1/', ' 1-', '(1)', 'or '].flatMap((sign) =>
    ['', 'x'].map((end) => (length: number) => beginning + sign.repeat(length / sign.length) + end),
  ),
);

it.each(Object.keys(READERS))('%s does work in proportion to the cell, whatever is in it', (name) => {
  const read = READERS[name] as (cell: string) => unknown;
  const slow = CELLS.filter(
    (cellOf) => !LENGTHS.some((length) => isLinear(read, cellOf(length), cellOf(2 * length))),
  );
  expect(slow.map((cellOf) => cellOf(10))).toEqual([]);
});

function isLinear(read: (cell: string) => unknown, cell: string, twice: string): boolean {
  let [once, double] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < TRIES; i += 1) {
    double = Math.min(
      double,
      workOf(() => read(twice)),
    );
    if (double < SURELY_LINEAR_MS) return true;
    once = Math.min(
      once,
      workOf(() => read(cell)),
    );
    if (double <= once * 3) return true;
  }
  return false;
}

/** Time of the processor, in milliseconds: other processes do not count. */
function workOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
