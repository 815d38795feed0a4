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
import { readMobile } from './read-mobile';
import type { RejectReason } from './recipient';

/** E.164's limit, country code included. */
const MAX_DIGITS = 15;

export type NumberReading =
  | { kind: 'accepted'; number: string; country: CountryCode | null }
  | { kind: 'rejected'; reason: RejectReason };

/**
 * The phone number in a cell, in E.164. The ways to read it, the first that gives a valid number wins:
 * 1. with `+`: international, and nothing else is tried;
 * 2. as a number of the default country, its own prefixes (`0`, `011`, `86…` for China) included;
 * 3. with `00`, in whatever country: international;
 * 4. as international digits without `+`, only when they are at least two too many for a number of the default country:
 *    with one too many, `34755501234` in an American list is a slip of the finger sooner than a Spaniard.
 * Without a default country only 1 and 3 are left. A number damaged by a spreadsheet is never guessed at, and an
 * extension is refused, since nobody can text it.
 */
export function readNumber(cell: string, defaultCountry?: CountryCode): NumberReading {
  const text = cleanCell(cell);
  if (text === '') return rejected({ code: 'no_number' });
  if (isDamaged(text)) return rejected({ code: 'damaged_by_spreadsheet' });
  if (!isWrittenAsNumber(text)) return rejected({ code: 'not_a_phone_number' });

  const digits = parseDigits(text);
  const hasPlus = text.includes('+');
  const mobile = !hasPlus && defaultCountry ? readMobile(digits, defaultCountry) : null;
  if (mobile && defaultCountry) return { kind: 'accepted', number: mobile, country: defaultCountry };
  for (const way of waysToRead(hasPlus, digits, defaultCountry)) {
    const number = parse(way, defaultCountry);
    const type = number?.getType();
    if (number && type) return byType(number, type);
  }
  return rejected(whyInvalid(mainWay(hasPlus, digits), defaultCountry));
}

/** The country of a number in E.164; null for one of no single country, such as satellite phones. */
export function countryOf(number: string): CountryCode | null {
  return parse(number)?.country ?? null;
}

/** Lazy, since nearly every number is valid in the first way and parsing is what a long list costs. */
function* waysToRead(hasPlus: boolean, digits: string, defaultCountry?: CountryCode): Generator<string> {
  if (!hasPlus && defaultCountry) yield digits;
  if (hasPlus || digits.startsWith('00')) yield mainWay(hasPlus, digits);
  else if (defaultCountry && isForeign(digits, defaultCountry)) yield `+${digits}`;
}

function isForeign(digits: string, country: CountryCode): boolean {
  const longest = Math.max(...mobileLengths(country));
  return digits.length > longest + 1 && !parse(digits, country)?.isPossible();
}

/** What the writer most likely meant: the reason for a refusal speaks of this. */
function mainWay(hasPlus: boolean, digits: string): string {
  if (hasPlus) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function parse(text: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false });
}

/** Only a mobile can be texted. Where the plan does not tell (`FIXED_LINE_OR_MOBILE`, as in the US), it may be one. */
function byType(number: PhoneNumber, type: PhoneNumberType): NumberReading {
  if (type === 'FIXED_LINE') return rejected({ code: 'landline' });
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') return rejected({ code: 'not_a_mobile' });
  return { kind: 'accepted', number: number.number, country: number.country ?? null };
}

function whyInvalid(way: string, defaultCountry?: CountryCode): RejectReason {
  const isInternational = way.startsWith('+');
  if (!isInternational && !defaultCountry) return { code: 'country_missing' };
  const assumed = isInternational ? null : (defaultCountry ?? null);
  if (way.replace('+', '').length > MAX_DIGITS) return { code: 'too_long', country: assumed };
  const number = parse(way, defaultCountry);
  if (!number) {
    const isShort = validatePhoneNumberLength(way, defaultCountry) === 'TOO_SHORT';
    // Otherwise its calling code is no country's.
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
 * How many digits a mobile number of the country has. The lengths that the library itself judges by are those of
 * all numbers (7 to 12 in China), so that it calls a mobile with a digit lost possible.
 */
function mobileLengths(country: CountryCode): number[] {
  // Two gaps of the library's declarations: its JSON does not fit its own type, and `type` is left out.
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
