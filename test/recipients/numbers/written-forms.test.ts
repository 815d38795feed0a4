import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { cleanCell, mayHoldNumber } from '../../../src/recipients/numbers/clean-cell';
import { createRandomHash } from '../../../src/recipients/numbers/random-hash';
import { readNumber } from '../../../src/recipients/numbers/read-number';

const read = (cell: string, country?: CountryCode) => {
  const reading = readNumber(cell, country);
  return reading.kind === 'accepted' ? `${reading.number} ${reading.origin}` : reading.reason.code;
};

it.each<[string, CountryCode, string]>([
  ['491713920012', 'DE', '+491713920012 national'],
  ['49 171 3920012', 'DE', '+491713920012 national'],
  ['+52 1 222 123 4567', 'MX', '+522221234567 international'],
  ['5212221234568', 'MX', '+522221234568 national'],
  ['044 222 123 4569', 'MX', '+522221234569 national'],
  ['1123456789', 'AR', '+5491123456789 national'],
  ['011 54 11 2345 6789', 'US', '+5491123456789 international'],
  ['80501234567', 'UA', '+380501234567 national'],
  ['80294911912', 'BY', '+375294911912 national'],
  ['+44 (0) 7400 123456', 'GB', '+447400123456 international'],
  ['+34 (0) 612345678', 'ES', '+34612345678 international'],
  ['+86 86138 0013 8000', 'CN', '+8613800138000 international'],
  ['011 86 13800138000', 'US', '+8613800138000 international'],
  ['8613800138000', 'US', '+8613800138000 foreign'],
  ['86-13800138000', 'US', 'too_long'],
  ['95 12 34 58', 'BJ', 'too_short'],
  ['+225 23 45 67 89', 'BJ', 'too_short'],
  ['11 6123 4567', 'BR', 'not_valid_in_country'],
])('%j in %s: %s', (cell, country, reading) => {
  expect(read(cell, country)).toBe(reading);
});

it.each([
  'Tel. 2025550123',
  'tel:2025550123',
  'p:2025550123',
  'Phone number: 2025550123',
  'Móvil: 2025550123',
  'Телефон: 2025550123',
  'мобильный 2025550123',
  'هاتف: 2025550123',
  '手机号码：2025550123',
  '“2025550123”',
  "'2025550123",
  '2.025550123E9',
  '2,025550123E+09',
  '２０２５５５０１２３',
  '٢٠٢٥٥٥٠١٢٣',
])('%j is cleaned', (cell) => {
  expect(cleanCell(cell)).toBe('2025550123');
});

it('a digit of each numbering system that this Node knows is read as its value', () => {
  for (const system of Intl.supportedValuesOf('numberingSystem')) {
    const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
    const written = format.format(1234567890);
    if (/^\p{Nd}{10}$/u.test(written)) expect(cleanCell(written)).toBe('1234567890');
  }
});

it.each(['Phone 1', 'Mobile 2', 'Tel. 1', '手机1', 'Fax: 5'])(
  '%j is no number: it may be a heading',
  (cell) => {
    expect(mayHoldNumber(cell)).toBe(false);
  },
);

it.each(['8.6138E+12', '2.02555E+09', 'p:8.61E+12'])('%j has lost digits', (cell) => {
  expect(read(cell, 'CN')).toBe('damaged_by_spreadsheet');
});

it('Fax is never taken off', () => expect(read('Fax: 202-555-0123', 'US')).toBe('not_a_phone_number'));

it('the example mobile of each country is read from its usual forms', () => {
  for (const country of getCountries()) {
    const example = getExampleNumber(country, examples);
    if (!example) continue;
    const forms = [example.formatNational(), example.formatInternational(), example.number.slice(1)];
    for (const form of forms) expect(readNumber(form, country)).toMatchObject({ number: example.number });
  }
});

it('nobody can choose numbers that fall into few slots', () => {
  const hash = createRandomHash();
  const slots = new Set<number>();
  for (let high = 0; high < 4096; high += 1) slots.add(hash(high * 2 ** 32 + 7) & 4095);
  // 4,096 balls in as many boxes leave about 1,507 empty.
  expect(slots.size).toBeGreaterThan(2200);
  expect(createRandomHash()(8613800138000)).not.toBe(createRandomHash()(8613800138000));
});
