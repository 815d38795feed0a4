import fc from 'fast-check';
import { readNumber } from '../../../src/recipients/numbers/read-number';
import type { CountryCode } from '../../../src/recipients/recipient';

const accepted = (cell: string, country?: CountryCode) => {
  const reading = readNumber(cell, country);
  return reading.kind === 'accepted' ? reading.number : reading.reason;
};

describe('a number', () => {
  it.each([
    '13800138000',
    '138 0013 8000',
    '138-0013-8000',
    '138–0013–8000',
    '138.0013.8000',
    '(138) 0013 8000',
    '013800138000',
    '8613800138000',
    '+8613800138000',
    '(+86) 138 0013 8000',
    '＋８６ １３８００１３８０００',
    '00 86 138 0013 8000',
    "'13800138000",
    "'13800138000'",
    '="13800138000"',
    'tel:+86-138-0013-8000',
    '\u202a+86\u00a013800138000\u202c',
    '138\u200b00138000',
    '\u061c13800138000',
    '13800138000.0',
  ])('written as %j is read in China', (cell) => {
    expect(accepted(cell, 'CN')).toBe('+8613800138000');
  });

  it.each([
    ['+1 (202) 555-0123', 'CN', '+12025550123'],
    ['202-555-0123', 'US', '+12025550123'],
    ['011 86 138 0013 8000', 'US', '+8613800138000'],
    ['0086 138 0013 8000', 'US', '+8613800138000'],
    ['0086 138 0013 8000', undefined, '+8613800138000'],
    ['8613800138000', 'US', '+8613800138000'],
    ['٠١٠٠١٢٣٤٥٦٧', 'EG', '+201001234567'],
  ] as const)('%j in %s is %s', (cell, country, number) => {
    expect(accepted(cell, country)).toBe(number);
  });

  it.each([
    ['', 'CN', { code: 'no_number' }],
    ['\u200b ', 'CN', { code: 'no_number' }],
    ['n/a', 'CN', { code: 'not_a_phone_number' }],
    ['+', 'CN', { code: 'not_a_phone_number' }],
    ['138O0138000', 'CN', { code: 'not_a_phone_number' }],
    ['+1 202 555 0123 ext 5', 'CN', { code: 'not_a_phone_number' }],
    ['+999 123456789', 'CN', { code: 'not_a_phone_number' }],
    ['8.61E+12', 'CN', { code: 'damaged_by_spreadsheet' }],
    ['8,61380013E+12', 'CN', { code: 'damaged_by_spreadsheet' }],
    ['1380013800', 'CN', { code: 'too_short', country: 'CN' }],
    ['+86 1380013800', 'US', { code: 'too_short', country: 'CN' }],
    ['12', 'CN', { code: 'too_short', country: 'CN' }],
    ['+1', 'CN', { code: 'too_short', country: null }],
    ['138001380001', 'CN', { code: 'too_long', country: 'CN' }],
    ['13800138000/13900139000', 'CN', { code: 'several_numbers' }],
    ['12000000000', 'CN', { code: 'not_valid_in_country', country: 'CN' }],
    ['+44 7700 900123', 'CN', { code: 'not_valid_in_country', country: 'GB' }],
    ['13800138000', undefined, { code: 'country_missing' }],
    ['010-88888888', 'CN', { code: 'landline' }],
    ['400 800 1234', 'CN', { code: 'not_a_mobile' }],
    ['+1 800 555 0123', 'CN', { code: 'not_a_mobile' }],
    ['+1 900 555 0123', 'CN', { code: 'not_a_mobile' }],
  ] as const)('%j in %s is refused', (cell, country, reason) => {
    expect(accepted(cell, country)).toEqual(reason);
  });

  it('with a mistyped digit is not mistaken for a number abroad', () => {
    expect(accepted('+12025550123', 'CN')).toBe('+12025550123');
    expect(accepted('12025550123', 'CN')).toEqual({ code: 'not_valid_in_country', country: 'CN' });
    // With `+` these would be mobiles of Spain, Egypt and Russia.
    expect(accepted('71234567890', 'US')).toEqual({ code: 'too_long', country: 'US' });
    expect(accepted('34712345678', 'US')).toEqual({ code: 'too_long', country: 'US' });
    expect(accepted('79111234567', 'GB')).toEqual({ code: 'too_long', country: 'GB' });
  });

  it('in E.164 reads as itself, whatever the default country', () => {
    const mobile = fc.integer({ min: 13_800_000_000, max: 13_999_999_999 }).map((digits) => `+86${digits}`);
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom<CountryCode | undefined>('CN', 'US', 'GB', undefined),
        (number, country) => {
          expect(accepted(number, country)).toBe(number);
          expect(accepted(number.replace('+', '00'), country)).toBe(number);
        },
      ),
    );
  });

  it('is never an exception, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => readNumber(text, 'CN').kind !== undefined),
    );
    const phoneLike = fc.string({ unit: fc.constantFrom(...'+0123456789 -()./') });
    fc.assert(fc.property(phoneLike, (text) => readNumber(text, 'US').kind !== undefined));
  });
});

it('knows the country of a number', () => {
  expect(readNumber('+8613800138000')).toMatchObject({ kind: 'accepted', country: 'CN' });
  expect(readNumber('+12025550123')).toMatchObject({ kind: 'accepted', country: 'US' });
  // A satellite phone.
  expect(readNumber('+870773111632')).toMatchObject({ kind: 'accepted', country: null });
});
