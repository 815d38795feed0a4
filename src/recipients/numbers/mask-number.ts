import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const SHOWN_AT_START = 3;
const SHOWN_AT_END = 4;
const HIDDEN_AT_LEAST = 3;

/**
 * A number as a channel or a log may show it: `+86 138****1234`. Takes E.164. Of anything else, and of short numbers,
 * it shows less, so that at least three digits stay hidden.
 */
export function maskNumber(number: string): string {
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  if (!parsed) return mask(number);
  return `+${parsed.countryCallingCode} ${mask(parsed.nationalNumber)}`;
}

function mask(digits: string): string {
  const atEnd = clamp(digits.length - HIDDEN_AT_LEAST, SHOWN_AT_END);
  const atStart = clamp(digits.length - HIDDEN_AT_LEAST - atEnd, SHOWN_AT_START);
  return `${digits.slice(0, atStart)}****${digits.slice(digits.length - atEnd)}`;
}

function clamp(count: number, most: number): number {
  return Math.max(0, Math.min(count, most));
}
