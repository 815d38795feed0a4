import type { CountryCode } from 'libphonenumber-js/max';
import { countryInHeading } from '../../../src/recipients/columns/country-in-heading';

describe.each<[CountryCode, string[]]>([
  [
    'GB',
    [
      'Mobile (+44)',
      'Phone – United Kingdom',
      'Phone (UK)',
      'Tel (0044)',
      'Mobile +44',
      'Phone (United Kingdom)',
    ],
  ],
  ['US', ['Phone (US)', 'Phone (USA)', 'Mobile (+1)', 'Phone [US]']],
  ['CN', ['手机号(+86)', '手机号（+86）', '手机号（中国）']],
  ['FR', ['Tel. +33', 'Tél (France)']],
])('the heading of a phone column: %s', (country, headings) => {
  it.each(headings)('%s', (heading) => {
    expect(countryInHeading(heading)).toBe(country);
  });
});

it.each([
  'Phone',
  'Phone No',
  'Phone (ID)',
  'Phone (IS)',
  'Phone (NO)',
  'Phone (no)',
  'Phone (IN)',
  'Phone (us)',
  'Mobile (optional)',
  'Contact (ME)',
  'Tel (home)',
  'Phone (e.g. +14155552671)',
  'Phone (+1 202 555 0123)',
  'Phone (e.g. +44 7400 123456)',
  'Mobile (+86/+852)',
  'Phone (PR)',
  'Phone (CO)',
  'Phone (EC)',
  'Contact (PA)',
  'Phone (HR)',
  'Phone (NA)',
  'Phone (LA)',
  'Phone (NE)',
  'Phone (MO)',
  'Phone (Can)',
  'Phone (and)',
  'Phone (Per)',
  'Phone (are)',
  'Phone (COD)',
  'Phone (Mar)',
  'Phone (Ton)',
  'Phone (com)',
  'Phone (sin)',
  'Phone (nur)',
  'Phone (pan)',
  'Phone (nga)',
  'Mobile (+999)',
  'Mobile (+44) or (+33)',
  'Phone (format +1...)',
  'Phone (son)',
  'Phone (mom)',
  'Phone (dad)',
  'Phone (lie)',
  'Phone (cub)',
  'Phone (ben)',
  'Phone (ant)',
  'Phone (man)',
  'Phone (Jordan)',
  'Phone (island)',
])('a heading that names no country plainly: %s', (heading) => {
  expect(countryInHeading(heading)).toBeNull();
});
