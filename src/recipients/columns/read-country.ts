import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { countryByName } from './country-by-name';

/** Most names and codes of a batch are few; a free text column must not fill the memory. */
const MAX_REMEMBERED = 1_000;
const MAX_CHARACTERS = 100;

/** How spreadsheets keep text that begins with `+`. */
const QUOTES = /^[='"‘’`]+|['"’`]+$/g;
const FLAG = /[\u{1f1e6}-\u{1f1ff}]{2}/gu;
const FIRST_OF_FLAGS = 0x1f1e6;
/** `+1-340` is an island of the Caribbean: its numbers are those of code 1. Four bare digits are mostly a year. */
const CALLING_CODE = /^(?:\+|00)?(\d{1,3})(?:\.0+)?$|^\+?(1)-\d{3}$|^\+(1)\d{3}$/;
const DIGITS = /\+?\d+(?:-\d{3})?/g;
/** Between the parts of a name: `US - United States`, `China (中国)`. */
export const DIVIDERS = /[()[\]/|:;,–—]|\s-\s/;

const remembered = new Map<string, CountryCode | null>();

/**
 * The country that a cell names: by ISO 3166 code (`GB`, `GBR`), by calling code (`44`, `+44`, `0044`; of a code that
 * countries share, the main one), by its name in the languages of the field, or by several of them that agree
 * (`UK +44`, `US - United States`). Null for anything else.
 */
export function readCountry(cell: string): CountryCode | null {
  const known = remembered.get(cell);
  if (known !== undefined) return known;
  const country = cell.length > MAX_CHARACTERS ? null : find(cleanText(cell));
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(cell, country);
  return country;
}

/** The main country of a calling code; null where it has none, as 800. */
export function countryOfCallingCode(code: string): CountryCode | null {
  const countries = metadata.country_calling_codes as unknown as Record<string, string[]>;
  const main = Object.hasOwn(countries, code) ? countries[code]?.[0] : undefined;
  // 001 stands for services that belong to no country.
  return main && main !== '001' ? (main as CountryCode) : null;
}

function find(text: string): CountryCode | null {
  const alone = codeOf(text);
  if (alone) return countryOfCallingCode(alone);
  const digits = text.match(DIGITS) ?? [];
  if (digits.length === 0) return byParts(text);
  const code = digits.length === 1 ? codeOf(digits[0] ?? '') : null;
  const named = code ? byParts(text.replace(DIGITS, ' ').replace('+', ' ')) : null;
  return named && getCountryCallingCode(named) === code ? named : null;
}

function cleanText(cell: string): string {
  return cell
    .normalize('NFKC')
    .trim()
    .replace(QUOTES, '')
    .replace(FLAG, (flag) => `(${[...flag].map(letterOf).join('')})`);
}

const letterOf = (half: string) => String.fromCharCode(65 + (half.codePointAt(0) ?? 0) - FIRST_OF_FLAGS);

function codeOf(text: string): string | null {
  const [, plain, dashed, joined] = CALLING_CODE.exec(text.replace(/[\s()]/g, '')) ?? [];
  return plain ?? dashed ?? joined ?? null;
}

/** `Iran (Islamic Republic of)` is one name, `China (中国)` two. */
function byParts(text: string): CountryCode | null {
  const whole = countryByName(text.trim());
  if (whole) return whole;
  const parts = text.split(DIVIDERS).filter((part) => part.trim() !== '');
  const [first = null, ...others] = parts.map((part) => countryByName(part.trim()));
  return others.every((country) => country === first) ? first : null;
}
