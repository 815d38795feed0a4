import { parse } from './parse-digits';

/** Only the numbers of short lists are mistaken for area codes: with three digits, the rest would be far too short. */
const MAX_DOUBTFUL_DIGITS = 2;
const GROUPS = /\d+/g;
const NORTH_AMERICAN = /^1\d{3}$/;

/**
 * Whether people write the number (E.164) with these digits apart at its beginning: a trunk prefix, the calling code, or
 * the first group of the usual format.
 */
export function isAreaCode(digits: string, number: string): boolean {
  if (digits.startsWith('0') || digits.length > MAX_DOUBTFUL_DIGITS) return true;
  const parsed = parse(number);
  if (!parsed) return false;
  const [callingCode, firstGroup] = parsed.formatInternational().match(GROUPS) ?? [];
  const [trunkOrFirst] = parsed.formatNational().match(GROUPS) ?? [];
  return [callingCode, firstGroup, trunkOrFirst].includes(digits);
}

/** Whether the digits are a calling code (`1876` in Jamaica) and the rest, whatever divides it, a valid number there. */
export function isValidAbroad(digits: string, rest: string): boolean {
  const number = parse(`+${digits}${rest.replace(/\D/g, '')}`);
  const isCode = digits === number?.countryCallingCode || NORTH_AMERICAN.test(digits);
  return isCode && (number?.isValid() ?? false);
}
