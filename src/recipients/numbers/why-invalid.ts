import { type CountryCode, validatePhoneNumberLength } from 'libphonenumber-js/max';
import type { RejectReason } from '../recipient';
import type { Written } from './find-number';
import { mobileLengths } from './numbering-plan';
import { parse } from './parse-digits';

/** E.164's limit, country code included. */
const MAX_DIGITS = 15;
/** One digit is no number anywhere. The library says so with an error, which costs much where a list has millions of such cells. */
export const LEAST_DIGITS = 2;

/** Why digits that give no valid number give none, by their most likely reading. */
export function whyInvalid(written: Written, defaultCountry?: CountryCode): RejectReason {
  const reading = mainReading(written);
  const isInternational = reading.startsWith('+');
  if (!isInternational && !defaultCountry) return { code: 'country_missing' };
  const assumed = isInternational ? null : (defaultCountry ?? null);
  if (reading.replace('+', '').length > MAX_DIGITS) return { code: 'too_long', country: assumed };
  if (written.digits.length < LEAST_DIGITS) {
    return isInternational ? { code: 'too_short', country: null } : { code: 'not_a_phone_number' };
  }
  const number = parse(reading, defaultCountry);
  if (!number) {
    const isShort = validatePhoneNumberLength(reading, defaultCountry) === 'TOO_SHORT';
    // Otherwise no country has its calling code.
    return isShort ? { code: 'too_short', country: assumed } : { code: 'not_a_phone_number' };
  }
  const country = number.country ?? number.getPossibleCountries()[0] ?? null;
  return { code: lengthFault(number.nationalNumber.length, country), country };
}

function lengthFault(length: number, country: CountryCode | null) {
  const lengths = country ? mobileLengths(country) : [];
  if (lengths.length === 0) return 'not_valid_in_country';
  if (length < Math.min(...lengths)) return 'too_short';
  return length > Math.max(...lengths) ? 'too_long' : 'not_valid_in_country';
}

function mainReading({ hasPlus, digits }: Written): string {
  if (hasPlus) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}
