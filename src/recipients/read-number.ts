import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import {
  type CountryCode,
  type PhoneNumber,
  type PhoneNumberType,
  parseDigits,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { cleanCell, isDamaged, isWrittenAsNumber } from './clean-cell';
import { readNationalMobile } from './read-national-mobile';
import type { RejectReason } from './recipient';

/** E.164's limit, country code included. */
const MAX_DIGITS = 15;

export type NumberReading =
  | { kind: 'accepted'; number: string; country: CountryCode | null }
  | { kind: 'rejected'; reason: RejectReason };

/**
 * Reads the phone number in a cell. The first of these readings that gives a valid number wins:
 * 1. with `+`: international, and nothing else is tried;
 * 2. as a number of the default country, its own prefixes (`0`, `011`, `86…` for China) included;
 * 3. with `00`, in any country: international;
 * 4. as international digits without `+`, only when they are at least two too many for the default country: with one
 *    too many, `34755501234` in an American list is more likely a typing error than a Spanish number.
 * Without a default country only 1 and 3 apply. A number that a spreadsheet has rounded is never guessed. A number
 * with an extension is rejected, since it cannot receive an SMS.
 */
export function readNumber(cell: string, defaultCountry?: CountryCode): NumberReading {
  const text = cleanCell(cell);
  if (text === '') return rejected({ code: 'no_number' });
  if (isDamaged(text)) return rejected({ code: 'damaged_by_spreadsheet' });
  if (!isWrittenAsNumber(text)) return rejected({ code: 'not_a_phone_number' });

  const digits = parseDigits(text);
  const hasPlus = text.includes('+');
  const mobile = !hasPlus && defaultCountry ? readNationalMobile(digits, defaultCountry) : null;
  if (mobile && defaultCountry) return { kind: 'accepted', number: mobile, country: defaultCountry };
  for (const reading of readings(hasPlus, digits, defaultCountry)) {
    const number = parse(reading, defaultCountry);
    const type = number?.getType();
    if (number && type) return byType(number, type);
  }
  return rejected(whyInvalid(mainReading(hasPlus, digits), defaultCountry));
}

/** Lazy: nearly every number is valid in the first reading, and parsing is most of the cost of a long list. */
function* readings(hasPlus: boolean, digits: string, defaultCountry?: CountryCode): Generator<string> {
  if (!hasPlus && defaultCountry) yield digits;
  if (hasPlus || digits.startsWith('00')) yield mainReading(hasPlus, digits);
  else if (defaultCountry && isForeign(digits, defaultCountry)) yield `+${digits}`;
}

function isForeign(digits: string, country: CountryCode): boolean {
  const longest = Math.max(...mobileLengths(country));
  return digits.length > longest + 1 && !parse(digits, country)?.isPossible();
}

/** The most likely reading: the reason of a rejection is about this one. */
function mainReading(hasPlus: boolean, digits: string): string {
  if (hasPlus) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false });
}

/** Only mobiles receive SMS. In some countries, such as the US, the number does not show it (`FIXED_LINE_OR_MOBILE`). */
function byType(number: PhoneNumber, type: PhoneNumberType): NumberReading {
  if (type === 'FIXED_LINE') return rejected({ code: 'landline' });
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') return rejected({ code: 'not_a_mobile' });
  return { kind: 'accepted', number: number.number, country: number.country ?? null };
}

function whyInvalid(reading: string, defaultCountry?: CountryCode): RejectReason {
  const isInternational = reading.startsWith('+');
  if (!isInternational && !defaultCountry) return { code: 'country_missing' };
  const assumed = isInternational ? null : (defaultCountry ?? null);
  if (reading.replace('+', '').length > MAX_DIGITS) return { code: 'too_long', country: assumed };
  const number = parse(reading, defaultCountry);
  if (!number) {
    const isShort = validatePhoneNumberLength(reading, defaultCountry) === 'TOO_SHORT';
    // Otherwise no country has its calling code.
    return isShort ? { code: 'too_short', country: assumed } : { code: 'not_a_phone_number' };
  }
  const country = number.country ?? number.getPossibleCountries()[0] ?? null;
  const lengths = country ? mobileLengths(country) : [];
  const length = number.nationalNumber.length;
  if (lengths.length === 0) return { code: 'not_valid_in_country', country };
  if (length < Math.min(...lengths)) return { code: 'too_short', country };
  if (length > Math.max(...lengths)) return { code: 'too_long', country };
  return { code: 'not_valid_in_country', country };
}

/**
 * The possible lengths of a mobile number in the country. The library itself checks the lengths of all numbers (7 to
 * 12 in China), so it calls a mobile number with a missing digit possible.
 */
function mobileLengths(country: CountryCode): number[] {
  // Two gaps in the library's type declarations: its JSON does not fit its own type, and `type` is missing.
  const plans = new Metadata(metadata as unknown as MetadataJson);
  plans.selectNumberingPlan(country);
  const plan = plans.numberingPlan as unknown as {
    type(name: 'MOBILE'): { possibleLengths(): number[] } | undefined;
  };
  return plan.type('MOBILE')?.possibleLengths() ?? [];
}

function rejected(reason: RejectReason): NumberReading {
  return { kind: 'rejected', reason };
}
