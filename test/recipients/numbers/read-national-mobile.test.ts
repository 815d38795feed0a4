import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { readNationalMobile } from '../../../src/recipients/numbers/read-national-mobile';

const COUNTRIES = getCountries().filter((country) => getExampleNumber(country, examples));

/** An example number of the country with some digits changed, removed or added: close to valid. */
const nearMobile = fc
  .record({
    country: fc.constantFrom(...COUNTRIES),
    changes: fc.array(fc.tuple(fc.nat(14), fc.nat(9)), { maxLength: 6 }),
    cut: fc.nat(2),
    head: fc.constantFrom(
      '',
      '0',
      '00',
      '1',
      '8',
      '86',
      '0086',
      '+',
      '+1',
      '+86',
      'code',
      '+code',
      '+0code',
      '+code0',
    ),
  })
  .map(({ country, changes, cut, head }) => {
    const digits = [...(getExampleNumber(country, examples)?.nationalNumber ?? '')];
    for (const [place, digit] of changes) if (place < digits.length) digits[place] = String(digit);
    const before = head.replace('code', getCountryCallingCode(country));
    return { country, digits: before + digits.slice(0, digits.length - cut).join('') };
  });

test('always agrees with the library', () => {
  fc.assert(
    fc.property(nearMobile, ({ country, digits }) => {
      const quick = readNationalMobile(digits, country);
      if (quick === null) return;
      const number = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
      expect(number?.number).toBe(quick);
      expect(number?.country).toBe(country);
      expect(['MOBILE', 'FIXED_LINE_OR_MOBILE']).toContain(number?.getType());
    }),
    { numRuns: 20_000 },
  );
});

test.each<[CountryCode, string, string]>([
  ['CN', '13800138000', '+8613800138000'],
  ['CN', '8613800138000', '+8613800138000'],
  ['CN', '+8613800138000', '+8613800138000'],
  ['IN', '9876543210', '+919876543210'],
  ['US', '2025550123', '+12025550123'],
  ['US', '+12025550123', '+12025550123'],
])('reads a mobile number of %s: %s', (country, digits, number) => {
  expect(readNationalMobile(digits, country)).toBe(number);
});

test.each<[CountryCode, string, string]>([
  ['CA', '5062345678', 'may belong to another country'],
  ['DE', '491713920012', 'may be a landline'],
  ['US', '+8613800138000', 'is abroad'],
  ['CN', '013800138000', 'has a national prefix'],
  ['CN', '+86013800138000', 'has a national prefix behind the code'],
  ['CN', '1380013800', 'is a digit short'],
  ['CN', '01088888888', 'is a landline'],
])('leaves to the library a number that in %s %s', (country, digits) => {
  expect(readNationalMobile(digits, country)).toBeNull();
});
