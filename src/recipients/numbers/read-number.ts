import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import {
  type CountryCode,
  getCountryCallingCode,
  type PhoneNumber,
  type PhoneNumberType,
  parseDigits,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import type { RejectReason } from '../recipient';
import { cleanCell, isDamaged, isWrittenAsNumber } from './clean-cell';
import { readNationalMobile } from './read-national-mobile';

/** E.164's limit, country code included. */
const MAX_DIGITS = 15;

/**
 * How a number was written: as one of its country, with its country (`+`, `00` or the exit code of the person's country),
 * or as mere digits that are valid only in another country.
 */
export type NumberOrigin = 'national' | 'international' | 'foreign';

export type NumberReading =
  | { kind: 'accepted'; number: string; country: CountryCode | null; origin: NumberOrigin }
  | { kind: 'rejected'; reason: RejectReason };

interface Attempt {
  text: string;
  origin: NumberOrigin;
}

/**
 * Reads the phone number in a cell. The first of these readings that gives a valid mobile wins; where none does, the
 * first one that gives a valid number tells why it cannot receive texts:
 * 1. with `+`: international, and nothing else is tried;
 * 2. as a number of the default country, its own prefixes (`0`, `011`, `86…` for China) included;
 * 3. with the default country's calling code but without `+`, `491713920012` in Germany, which is a landline as it stands;
 * 4. with `00`, in any country: international;
 * 5. as international digits without `+`, only when they are an unbroken run and at least two too many for the default
 *    country: with one too many, `34755501234` in an American list is more likely a typing error than a Spanish number.
 * Without a default country only 1 and 4 apply. A number that a spreadsheet has rounded is never guessed. A number
 * with an extension is rejected, since it cannot receive an SMS.
 */
export function readNumber(cell: string, defaultCountry?: CountryCode): NumberReading {
  const text = cleanCell(cell);
  if (text === '') return rejected({ code: 'no_number' });
  if (isDamaged(text)) return rejected({ code: 'damaged_by_spreadsheet' });
  if (!isWrittenAsNumber(text)) return rejected({ code: 'not_a_phone_number' });

  const hasPlus = text.includes('+');
  const digits = parseDigits(hasPlus ? text.replace(TRUNK_ZERO, '') : text);
  const mobile = !hasPlus && defaultCountry ? readNationalMobile(digits, defaultCountry) : null;
  if (mobile && defaultCountry) {
    return { kind: 'accepted', number: mobile, country: defaultCountry, origin: 'national' };
  }
  if (digits.length > MAX_DIGITS + 5) return rejected({ code: 'too_long', country: null });
  let why: NumberReading | null = null;
  for (const { text: attempt, origin } of attempts(hasPlus, digits, UNBROKEN.test(text), defaultCountry)) {
    const number = parse(attempt, defaultCountry);
    const type = number?.getType();
    if (!number || !type) continue;
    const reading = byType(
      number,
      type,
      origin === 'national' && isExit(attempt, number, defaultCountry) ? 'international' : origin,
    );
    if (reading.kind === 'accepted') return reading;
    why ??= reading;
  }
  return why ?? rejected(whyInvalid(mainReading(hasPlus, digits), defaultCountry));
}

/** `+44 (0) 7400 123456`: the zero that is dialled only within the country. */
const TRUNK_ZERO = /\(0\)/;
const UNBROKEN = /^\+?\d+$/;

/** Lazy: nearly every number is valid in the first reading, and parsing is most of the cost of a long list. */
function* attempts(
  hasPlus: boolean,
  digits: string,
  isUnbroken: boolean,
  country?: CountryCode,
): Generator<Attempt> {
  if (!hasPlus && country) {
    yield { text: digits, origin: 'national' };
    const own = getCountryCallingCode(country);
    if (digits.startsWith(own)) yield { text: `+${digits}`, origin: 'national' };
    yield* formerForms(country, digits.startsWith(own) ? digits.slice(own.length) : digits, 'national');
  }
  if (hasPlus || digits.startsWith('00')) {
    const international = mainReading(hasPlus, digits);
    yield { text: international, origin: 'international' };
    for (const former of ['MX', 'AR'] as const) {
      const code = `+${getCountryCallingCode(former)}`;
      if (international.startsWith(code))
        yield* formerForms(former, international.slice(code.length), 'international');
    }
  } else if (country && isUnbroken && isForeign(digits, country)) {
    yield { text: `+${digits}`, origin: 'foreign' };
  }
}

/**
 * Ways of writing a mobile number that a country has given up, or leaves out in speech. Both keep the ten digits that
 * nobody else has:
 * - Mexico, since 2019: no 1 after +52, no 044 or 045 before the number;
 * - Argentina: a 9 after +54 marks a mobile. A landline has other ten digits than any mobile, so that with the 9 it is
 *   nobody's number.
 */
function* formerForms(country: CountryCode, digits: string, origin: NumberOrigin): Generator<Attempt> {
  if (country === 'MX') {
    const national = /^(?:1|01|044|045)(\d{10})$/.exec(digits)?.[1];
    if (national) yield { text: `+52${national}`, origin };
  }
  if (country === 'AR') {
    const national = /^0?(\d{10})$/.exec(digits)?.[1];
    if (national) yield { text: `+549${national}`, origin };
  }
}

/** Whether a national reading was one with the country's own exit code, `011 44 …` in the US. */
function isExit(text: string, number: PhoneNumber, country?: CountryCode): boolean {
  return (
    country !== undefined &&
    number.countryCallingCode !== getCountryCallingCode(country) &&
    !text.startsWith('+')
  );
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
function byType(number: PhoneNumber, type: PhoneNumberType, origin: NumberOrigin): NumberReading {
  if (type === 'FIXED_LINE') return rejected({ code: 'landline' });
  if (type !== 'MOBILE' && type !== 'FIXED_LINE_OR_MOBILE') return rejected({ code: 'not_a_mobile' });
  return { kind: 'accepted', number: number.number, country: number.country ?? null, origin };
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
