import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A valid number. */
export interface ParsedNumber {
  /** E.164, with `+`. */
  number: string;
  /** Null for a number of no country, such as a satellite phone's. */
  country: CountryCode | null;
  kind: 'mobile' | 'landline' | 'other';
}

/** The library's reading of digits, with or without `+`; undefined where it has none. It may be invalid. */
export function parse(digits: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(digits, { ...(defaultCountry && { defaultCountry }), extract: false });
}

/** The library's reading of digits, with or without `+`, or null where it is not valid. */
export function parseDigits(digits: string, defaultCountry?: CountryCode): ParsedNumber | null {
  const number = parse(digits, defaultCountry);
  const type = number?.getType();
  if (!number || !type) return null;
  return { number: number.number, country: number.country ?? null, kind: kindOf(type) };
}

/** Only mobiles receive SMS. In some countries, such as the US, the number does not show it (`FIXED_LINE_OR_MOBILE`). */
function kindOf(type: string): ParsedNumber['kind'] {
  if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return 'mobile';
  return type === 'FIXED_LINE' ? 'landline' : 'other';
}
