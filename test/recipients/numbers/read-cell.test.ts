import fc from 'fast-check';
import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { looksLikeNumbers, readCell } from '../../../src/recipients/numbers/read-cell';

const read = (cell: string, country?: CountryCode) =>
  readCell(cell, country).map(({ reading }) =>
    reading.kind === 'accepted' ? reading.number : reading.reason.code,
  );

describe('several numbers in a cell', () => {
  const both = ['+12025550123', '+12025550124'];
  it.each([
    '202-555-0123 / 202-555-0124',
    '+1 202-555-0123 ::: +1 202-555-0124',
    '2025550123; 2025550124;',
    '2025550123 or 2025550124',
    '2025550123 2025550124',
    '2025550123 - 2025550124',
    '2025550123\r\n2025550124',
    '2025550123、2025550124',
    'Home: 202-555-0123, Cell: 202-555-0124',
    `2025550123${' '.repeat(495)}2025550124`,
  ])('%j are read one by one', (cell) => {
    expect(read(cell, 'US')).toEqual(both);
    expect(looksLikeNumbers(cell)).toBe(true);
  });

  it.each([
    ['0171/3920012; 0172/3920013', 'DE', ['+491713920012', '+491723920013']],
    ['0171/3920012', 'DE', ['+491713920012']],
    ['13800138000/13900139000', 'CN', ['+8613800138000', '+8613900139000']],
    ['13800138000或13900139000', 'CN', ['+8613800138000', '+8613900139000']],
    ['13800138000, 1390013900', 'CN', ['+8613800138000', 'too_short']],
  ] as const)('%j in %s are %j', (cell, country, numbers) => {
    expect(read(cell, country)).toEqual(numbers);
  });

  it.each([
    ['202-555-0123 (home), 202-555-0124', 'US'],
    ['Order 1234567, 2025550123', 'US'],
    ['138 0013 8000 139 0013 9000', 'CN'],
    ['0664 1234567/68', 'AT'],
    [Array(21).fill('2025550123').join(','), 'US'],
  ] as const)('%j in %s are refused: nobody knows which one is meant', (cell, country) => {
    expect(read(cell, country)).toEqual(['several_numbers']);
  });

  it.each([
    ['202-555-0123 ext 5', 'not_a_phone_number'],
    ['202-555-0123 x45', 'not_a_phone_number'],
    ['918-555-0123 45', 'too_long'],
    ['', 'no_number'],
  ])('but %j is one entry, %s', (cell, reason) => {
    expect(read(cell, 'US')).toEqual([reason]);
  });
});

describe('a list marker', () => {
  const markers = ['1. ', '12) ', '#4 ', '• ', '- ', '– ', '* ', '①', '⑴ ', '⒈', '1️⃣ ', '(3) ', '1.'];
  it.each(markers)('%j is dropped', (marker) => {
    expect(read(`${marker}612345600`, 'ES')).toEqual(['+34612345600']);
  });

  it.each(['1.', '1. ', '1 ', '1-', '(1) ', '(1)', '1) ', '#1 ', '①', '¹'])(
    '%j never completes a number',
    (marker) => expect(read(`${marker}3800138000`, 'CN')).not.toEqual(['+8613800138000']),
  );

  it.each([
    ['1380013800¹', 'CN', 'not_a_phone_number'],
    ['(33) 612345678', 'ES', 'too_long'],
    ['(44) 7400123456', 'US', 'too_long'],
  ] as const)('that may be something else leaves %j in %s out', (cell, country, reason) => {
    expect(read(cell, country)).toEqual([reason]);
  });

  it.each([
    ['(11) 96123-4567', 'BR', '+5511961234567'],
    ['(1) 202-555-0123', 'US', '+12025550123'],
    ['06.12345678', 'FR', '+33612345678'],
    ['06. 12. 34. 56. 78', 'FR', '+33612345678'],
    ['(0)171 3920012', 'DE', '+491713920012'],
    ['8 9123456789', 'RU', '+79123456789'],
  ] as const)('is no area code: %j in %s is %s', (cell, country, number) => {
    expect(read(cell, country)).toEqual([number]);
  });

  it('changes nothing of any number behind it', () => {
    const country = fc.constantFrom(...getCountries().filter((each) => getExampleNumber(each, examples)));
    const marker = fc.oneof(
      fc.constantFrom('• ', '- ', '①'),
      fc.tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom('. ', ') ')).map(([n, end]) => `${n}${end}`),
      fc.integer({ min: 1, max: 99 }).map((n) => `#${n} `),
    );
    fc.assert(
      fc.property(country, marker, fc.nat(2), (code, mark, cut) => {
        const digits = getExampleNumber(code, examples)?.nationalNumber ?? '';
        const cell = digits.slice(0, digits.length - cut);
        fc.pre(cell.length >= 7);
        const [marked] = readCell(`${mark}${cell}`, code);
        if (marked?.reading.kind === 'accepted')
          expect(marked.reading).toEqual(readCell(cell, code)[0]?.reading);
      }),
      { numRuns: 3000 },
    );
  });
});

it('`00` that may be an exit code or the beginning of one is left out', () => {
  // In Singapore 001, 002 … 008 are exit codes: 009 18… would be somebody in the US.
  expect(read('00918123456789', 'SG')).toEqual(['not_valid_in_country']);
  expect(read('00918123456789', 'IN')).toEqual(['+918123456789']);
});

it('every entry is a part of the cell, whatever the cell', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789+-()./,;| \n①8６٣x'), maxLength: 80 });
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (cell) => {
      const entries = readCell(cell, 'US');
      expect(entries.length).toBeGreaterThanOrEqual(1);
      for (const { raw } of entries) expect(cell).toContain(raw);
    }),
    { numRuns: 3000 },
  );
});
