import type { CountryCode } from '../../src/recipients/recipient';
import { type Outcome, read } from '../recipients/read-text';
import { columnOf, entriesOf, readListFile, readPaste } from './read-list';

/** Every entry of a list adds up: nobody is lost, whatever the list looks like. */
function expectAccountedFor({ accepted, rejected, findings }: Outcome): void {
  expect(findings?.entries).toBe(accepted.length + rejected.length);
  expect(findings?.entries).toBeGreaterThanOrEqual((findings?.rows ?? 0) - (findings?.headings ?? 0));
}

type Entry = [line: number, result: string];
const us = (last: number) => `+12025550${last}`;

describe('a list that was uploaded', () => {
  it.each<[string, CountryCode, Entry[]]>([
    [
      'label-in-first-line',
      'US',
      [
        [1, us(123)],
        [2, us(124)],
        [3, us(125)],
      ],
    ],
    [
      'comma-in-name-shifts-row',
      'US',
      [
        [2, us(123)],
        [3, 'other_width'],
        [4, us(125)],
      ],
    ],
    [
      'several-per-line-under-header',
      'US',
      [
        [2, us(123)],
        [2, us(124)],
        [3, us(125)],
        [3, us(126)],
      ],
    ],
    [
      'line-separator-u2028',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
      ],
    ],
    [
      'country-code-column',
      'US',
      [
        [2, '+919198123456'],
        [3, us(123)],
        [4, '+447400123456'],
      ],
    ],
    [
      'extension-digits-abroad',
      'US',
      [
        [2, 'too_long'],
        [3, us(124)],
      ],
    ],
    [
      'several-in-one-cell',
      'US',
      [
        [2, us(123)],
        [2, us(124)],
        [3, us(125)],
        [3, us(126)],
        [4, us(127)],
        [4, us(128)],
        [5, us(129)],
        [5, us(130)],
      ],
    ],
    [
      'germany-49-without-plus',
      'DE',
      [
        [2, '+491713920012'],
        [3, '+491713920013'],
        [4, '+491713920014'],
      ],
    ],
    [
      'mexico-52-1',
      'MX',
      [
        [2, '+522221234567'],
        [3, '+522221234568'],
        [4, '+522221234569'],
        [5, '+522221234570'],
      ],
    ],
    [
      'facebook-leads',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
      ],
    ],
    [
      'devanagari-digits',
      'IN',
      [
        [2, '+918123456789'],
        [3, '+918123456780'],
      ],
    ],
    [
      'scientific-but-whole',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
        [4, 'damaged_by_spreadsheet'],
      ],
    ],
    ['rounded-then-written-out', 'CN', [2, 3, 4, 5].map((line): Entry => [line, 'damaged_by_spreadsheet'])],
    [
      'cp1252-nbsp-numbers',
      'FR',
      [
        [2, '+33612345678'],
        [3, '+33612345679'],
      ],
    ],
    [
      'utf8-with-one-bad-byte',
      'CN',
      [
        [2, '+8613800138001'],
        [3, '+8613800138002'],
        [4, '+8613800138003'],
      ],
    ],
    [
      'blank-before-quotes',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
      ],
    ],
    [
      'pipe-delimited',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
      ],
    ],
    [
      'joined-files-bom-inside',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
        [4, us(125)],
      ],
    ],
    [
      'opt-out-column',
      'US',
      [
        [2, us(123)],
        [3, 'no_consent'],
      ],
    ],
    [
      'outlook-export',
      'US',
      [
        [2, us(123)],
        [3, us(124)],
      ],
    ],
    [
      'cr-only-bom-semicolons',
      'FR',
      [
        [3, '+33612345678'],
        [4, '+33612345679'],
      ],
    ],
    [
      'leading-zero-lost-uk',
      'GB',
      [2, 3, 4, 5, 6, 7].map((line): Entry => [line, `+4474001234${line + 54}`]),
    ],
    [
      'benin-ivory-coast-new-plans',
      'BJ',
      [
        [2, '+2290195123456'],
        [3, '+2290195123457'],
        [4, 'too_short'],
        [5, '+2250123456789'],
        [6, 'too_short'],
      ],
    ],
    [
      'code-without-plus-by',
      'BY',
      [
        [2, '+375294911911'],
        [3, '+375294911912'],
        [4, '+375294911913'],
      ],
    ],
    [
      'shop-export-apostrophes',
      'US',
      [
        [2, us(123)],
        [3, 'no_number'],
        [4, us(125)],
      ],
    ],
  ])('%s [%s]', async (name, country, expected) => {
    const outcome = await readListFile(`${name}.csv`, country);
    expect(entriesOf(outcome)).toEqual(expected);
    expectAccountedFor(outcome);
  });

  it.each<[string, CountryCode, string, number]>([
    ['telefon-mobil-de', 'DE', 'Mobil', 2],
    ['telefono-movil-es', 'ES', 'Móvil', 2],
    ['google-two-phones', 'US', 'Phone 1 - Value', 5],
    ['title-row-phone-list', 'US', 'Mobile', 2],
    ['utf8-with-one-bad-byte', 'CN', '手机号', 3],
    ['outlook-export', 'US', 'Mobile Phone', 2],
    ['shop-export-apostrophes', 'US', 'Phone', 2],
  ])('%s [%s] has its numbers in the column %s', async (name, country, column, accepted) => {
    const outcome = await readListFile(`${name}.csv`, country);
    expect(columnOf(outcome)).toBe(column);
    expect(outcome.accepted).toHaveLength(accepted);
    expectAccountedFor(outcome);
  });

  it.each<[string, CountryCode, string[]]>([
    ['two-named-columns', 'US', ['Customer Cell', 'Sales Rep Phone']],
    ['account-number-named-number', 'MX', ['Number', 'Celular']],
    ['mobile-blank-at-the-top', 'US', ['Telephone', 'Mobile']],
  ])('%s [%s] needs a person to choose', async (name, country, offered) => {
    const { end } = await readListFile(`${name}.csv`, country);
    expect(end).toMatchObject({ kind: 'column_in_doubt' });
    const names = end?.kind === 'column_in_doubt' ? end.columns.map((column) => column.name) : [];
    expect(names).toEqual(expect.arrayContaining(offered));
  });

  it('html-table-as-csv is said to be a web page', async () => {
    const { end } = await readListFile('html-table-as-csv.csv', 'US');
    expect(end).toEqual({ kind: 'unreadable', reason: 'web_page' });
  });

  it('without header, with the kind of number first, has its first row read', async () => {
    const file = 'Mobile,2025550123\nHome,2025550124\nMobile,2025550125\n';
    const outcome = await read(file, { defaultCountry: 'US' });
    expect(entriesOf(outcome)).toEqual([
      [1, us(123)],
      [2, us(124)],
      [3, us(125)],
    ]);
  });
});

describe('a list that was pasted', () => {
  it.each<[string, CountryCode, string, Entry[]]>([
    [
      'with a label in its first line',
      'US',
      'Phone: +1 202 555 0123\n+1 202 555 0124\n+1 202 555 0125',
      [
        [1, us(123)],
        [2, us(124)],
        [3, us(125)],
      ],
    ],
    [
      'in pairs of digits',
      'FR',
      '06 12 34 56 78\n06 12 34 56 79',
      [
        [1, '+33612345678'],
        [2, '+33612345679'],
      ],
    ],
    [
      'with several numbers a line under a header',
      'US',
      'phone\n2025550123,2025550124\n2025550125,2025550126\n',
      [
        [2, us(123)],
        [2, us(124)],
        [3, us(125)],
        [3, us(126)],
      ],
    ],
  ])('%s', async (_, country, text, expected) => {
    const outcome = await readPaste(text, country);
    expect(entriesOf(outcome)).toEqual(expected);
    expectAccountedFor(outcome);
  });

  it('with list numbers before Spanish numbers reaches nobody abroad', async () => {
    const lines = Array.from(
      { length: 36 },
      (_, index) => `${index + 1}. 6123456${String(index).padStart(2, '0')}`,
    );
    const outcome = await readPaste(lines.join('\n'), 'ES');
    expect(outcome.accepted.map(({ number }) => number)).toEqual(
      lines.map((_, index) => `+346123456${String(index).padStart(2, '0')}`),
    );
  });

  it('with an order number and a phone in each row needs a person to choose, uploaded or pasted', async () => {
    const text = '5125550101\t2025550123\n5125550102\t2025550124';
    for (const { end } of [await readPaste(text, 'US'), await read(text, { defaultCountry: 'US' })]) {
      expect(end).toMatchObject({ kind: 'column_in_doubt', mayBeAll: true });
    }
    const all = await readPaste(text, 'US', { choice: { phoneColumn: 'all' } });
    expect(all.accepted).toHaveLength(4);
  });
});
