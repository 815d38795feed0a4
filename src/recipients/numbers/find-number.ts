import type { CountryCode } from 'libphonenumber-js/max';
import { behindExitCode, callingCodeOf, mobileLengths } from './numbering-plan';
import { toTodaysForm } from './old-forms';
import { type ParsedNumber, parse, parseDigits } from './parse-digits';
import { readNationalMobile } from './read-national-mobile';

/**
 * How a number tells its country: `national`: not at all, or by the country's own calling code; `international`: with
 * `+`, `00` or the country's exit code; `foreign`: only by being too long for the country.
 */
export type Origin = 'national' | 'international' | 'foreign';

export interface Written {
  digits: string;
  hasPlus: boolean;
  /** Whether nothing is between the digits. */
  isUnbroken: boolean;
}

/** A valid number of any kind, landlines included. */
export interface Found extends ParsedNumber {
  origin: Origin;
}

/** `00` means another country than the exit code of the default country does: nobody knows who is meant. */
type Doubt = 'in_doubt';

/** The valid number that the digits most likely are, or null. See `readNumber` for the order of the readings. */
export function findNumber(written: Written, country?: CountryCode): Found | Doubt | null {
  const { digits, hasPlus, isUnbroken } = written;
  if (hasPlus) return findInternational(digits.replace(/^00/, ''), 'international');
  const national = country ? findNational(digits, country) : null;
  if (digits.startsWith('00')) return decide(national, findInternational(digits.slice(2), 'international'));
  if (national || !country || !isUnbroken || !isForeign(digits, country)) return national;
  return findInternational(digits, 'foreign');
}

function decide(national: Found | null, international: Found | null): Found | Doubt | null {
  if (!national || !international) return national ?? international;
  return national.number === international.number ? national : 'in_doubt';
}

function findNational(digits: string, country: CountryCode): Found | null {
  const quick = readNationalMobile(digits, country);
  if (quick !== null) return { number: quick, country, kind: 'mobile', origin: 'national' };
  const abroad = behindExitCode(digits, country);
  if (abroad !== null) return findInternational(abroad, 'international');
  const parsed = parseDigits(digits, country);
  const best = parsed?.kind === 'mobile' ? parsed : (findMobile(digits, country) ?? parsed);
  return best && { ...best, origin: 'national' };
}

/** A mobile where the usual reading has none. In Germany `491713920012` may be a landline, but an SMS is to be sent. */
function findMobile(digits: string, country: CountryCode): ParsedNumber | null {
  const callingCode = callingCodeOf(country);
  const behindCode = digits.startsWith(callingCode) ? findInternational(digits, 'national') : null;
  return behindCode?.kind === 'mobile' ? behindCode : findTodays(digits, callingCode, 'national');
}

/** `digits`: with the calling code, without `+`. */
function findInternational(digits: string, origin: Origin): Found | null {
  const parsed = parseDigits(`+${digits}`);
  if (parsed?.kind === 'mobile') return { ...parsed, origin };
  const callingCode = parse(`+${digits}`)?.countryCallingCode;
  if (callingCode === undefined) return null;
  const behindCode = digits.slice(callingCode.length);
  const best =
    findTodays(behindCode, callingCode, 'behindCode') ??
    parsed ??
    withoutDoubledCode(behindCode, callingCode);
  return best && { ...best, origin };
}

/** `+86 86138…`: a column of calling codes was put before numbers that had them. */
function withoutDoubledCode(behindCode: string, callingCode: string): ParsedNumber | null {
  const digits = behindCode.replace(/^00/, '');
  return digits.startsWith(callingCode) ? mobileOrNull(`+${digits}`) : null;
}

function findTodays(digits: string, callingCode: string, form: 'national' | 'behindCode') {
  const today = toTodaysForm(digits, callingCode, form);
  return today === null ? null : mobileOrNull(today);
}

function mobileOrNull(e164: string): ParsedNumber | null {
  const parsed = parseDigits(e164);
  return parsed?.kind === 'mobile' ? parsed : null;
}

/** With one digit too many `34755501234` in an American list is more likely a typing error than a Spanish number. */
function isForeign(digits: string, country: CountryCode): boolean {
  const longest = Math.max(...mobileLengths(country));
  return digits.length > longest + 1 && !parse(digits, country)?.isPossible();
}
