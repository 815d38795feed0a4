import type { CountryCode } from 'libphonenumber-js/max';
import type { RejectReason } from '../recipient';
import { isAreaCode, isValidAbroad } from './area-code';
import { cleanCell, countDigits, isDamaged, isWrittenAsNumber, MIN_DIGITS } from './clean-cell';
import { type Found, findNumber, type Origin, type Written } from './find-number';
import { findDoubtfulMarker } from './list-markers';
import { readNationalMobile } from './read-national-mobile';
import { LEAST_DIGITS, whyInvalid } from './why-invalid';

export type NumberReading =
  /** `number`: E.164, with `+`. */
  | { kind: 'accepted'; number: string; country: CountryCode | null; origin: Origin }
  | { kind: 'rejected'; reason: RejectReason };

/** A trunk zero behind a calling code: `+44 (0) 7400 123456`. */
const BRACKETED_ZERO = /^(\(?(?:\+|00)\s?\d{1,4}\)?\s?)[[(]\s?0\s?[\])]/;
const BARE_DIGITS = /^\d+$/;

/**
 * Reads the phone number in a cell. The first of these readings that gives a valid number wins:
 * 1. with `+`: international, and nothing else is tried;
 * 2. as a number of the default country, its own prefixes (`0`, `011`, `86…` for China) included; a mobile where the
 *    digits may be a mobile or a landline;
 * 3. with `00`, in any country: international; where 2 gives another number, neither is taken;
 * 4. as international digits without `+`, only when nothing is between the digits and they are at least two too many for
 *    the default country.
 * Without a default country only 1 and 3 apply. A number that a spreadsheet has rounded is never guessed. A number
 * with an extension is rejected, since it cannot receive an SMS. Never throws.
 */
export function readNumber(cell: string, defaultCountry?: CountryCode): NumberReading {
  const quick = defaultCountry ? readNationalMobile(cell, defaultCountry) : null;
  if (quick !== null && defaultCountry) {
    const origin = cell.startsWith('+') ? 'international' : 'national';
    return { kind: 'accepted', number: quick, country: defaultCountry, origin };
  }
  const text = cleanCell(cell);
  if (text === '') return rejected({ code: 'no_number' });
  if (isDamaged(text)) return rejected({ code: 'damaged_by_spreadsheet' });
  if (!isWrittenAsNumber(text)) return rejected({ code: 'not_a_phone_number' });
  if (hasNumberBeforeSlash(text)) return rejected({ code: 'several_numbers' });
  return readBehindMarker(text, defaultCountry);
}

/** `0664 1234567/68` means two numbers, the second one cut. */
function hasNumberBeforeSlash(text: string): boolean {
  const slash = text.lastIndexOf('/');
  return slash !== -1 && countDigits(text.slice(0, slash)) >= MIN_DIGITS;
}

/**
 * Digits that may be the number of a list are part of the phone number only where people write it so, and left away only
 * where they cannot be a calling code: `(44) 7400123456` in an American list is somebody in Britain, or item 44.
 */
function readBehindMarker(text: string, country?: CountryCode): NumberReading {
  const whole = readWritten(text, country);
  const marker = findDoubtfulMarker(text);
  if (!marker) return whole;
  if (whole.kind === 'accepted') {
    const isPart = isAreaCode(marker.digits, whole.number);
    return isPart ? whole : rejected({ code: 'not_valid_in_country', country: whole.country });
  }
  if (!marker.isUsual || isValidAbroad(marker.digits, marker.rest)) return whole;
  const rest = readWritten(marker.rest, country);
  return rest.kind === 'accepted' && rest.origin !== 'foreign' ? rest : whole;
}

function readWritten(text: string, country?: CountryCode): NumberReading {
  const written = toWritten(text);
  if (written.digits.length < LEAST_DIGITS) return rejected(whyInvalid(written, country));
  const found = findNumber(written, country) ?? findWithoutTrunk(text, country);
  if (found === 'in_doubt') return rejected({ code: 'not_valid_in_country', country: country ?? null });
  return found ? byKind(found) : rejected(whyInvalid(written, country));
}

function findWithoutTrunk(text: string, country?: CountryCode) {
  const rest = text.replace(BRACKETED_ZERO, '$1');
  return rest === text ? null : findNumber(toWritten(rest), country);
}

function toWritten(text: string): Written {
  const isUnbroken = BARE_DIGITS.test(text);
  const digits = isUnbroken ? text : text.replace(/\D/g, '');
  return { digits, hasPlus: text.includes('+'), isUnbroken };
}

function byKind({ number, country, origin, kind }: Found): NumberReading {
  if (kind !== 'mobile') return rejected({ code: kind === 'landline' ? 'landline' : 'not_a_mobile' });
  return { kind: 'accepted', number, country, origin };
}

function rejected(reason: RejectReason): NumberReading {
  return { kind: 'rejected', reason };
}
