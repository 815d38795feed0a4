import type { CountryCode } from 'libphonenumber-js/max';
import { cleanCell, countDigits, isDate, looksLikeNumber, MIN_DIGITS } from './clean-cell';
import { type NumberReading, readNumber } from './read-number';
import { MAX_CHARACTERS } from './written-number';

export interface CellEntry {
  /** The cell, or the part of it that is the number, as written. */
  raw: string;
  reading: NumberReading;
}

const MAX_NUMBERS = 20;
const MIN_FOR_TWO = 2 * MIN_DIGITS;
/** E.164's limit: more digits are several numbers, unless they are one run. */
const MAX_DIGITS = 15;
/** What stands between numbers, from the strongest: `0171/3920012; 0172/3920013` has its slashes inside numbers. */
const BETWEEN = [
  /:::|[;|,、；，\r\n\u0085\u2028\u2029]|\s(?:or|and|o|y|e|ou|et|oder|und|или|и|أو|و)\s|或者?|和|及|または/i,
  /[/&／＆]/,
  /\s/,
];
/** Nothing, or a sign between two numbers with a blank on each side: `2025550123 - 2025550124`. */
const LONE_SIGN = /^[-–—+•·~]?$/;
const BETWEEN_NUMBERS = /[^-\p{Nd}\s()[\].‐-―−~·]/u;
const RUN = /^\p{Nd}*$/u;
const SEVERAL: NumberReading = { kind: 'rejected', reason: { code: 'several_numbers' } };

/**
 * Reads a cell that has one phone number or several. One entry for each, and one for the whole cell where it has none,
 * has something beside several numbers, or has more than 20 (`several_numbers`). Never throws, never
 * returns an empty list.
 */
export function readCell(cell: string, country?: CountryCode): CellEntry[] {
  const whole = { raw: cell, reading: readNumber(cell, country) };
  if (whole.reading.kind === 'accepted' || countDigits(cell) < MIN_FOR_TWO) return [whole];
  const parts = divideCell(cell, country);
  if (parts) return parts.map((raw) => ({ raw, reading: readNumber(raw, country) }));
  return hasSeveral(cell) ? [{ raw: cell, reading: SEVERAL }] : [whole];
}

/** Whether a cell looks like one phone number, or like several that people put into one cell. */
export function looksLikeNumbers(cell: string): boolean {
  return looksLikeNumber(cell) || (countDigits(cell) >= MIN_FOR_TWO && divideCell(cell) !== null);
}

/** The two to twenty numbers of a cell, or null. */
function divideCell(cell: string, country?: CountryCode): string[] | null {
  const parts = cell.length <= MAX_CHARACTERS ? divide(cell, country) : null;
  return parts && parts.length > 1 && parts.length <= MAX_NUMBERS ? parts : null;
}

/** The numbers of a text, or null where a part of it is none. Divides no further than it must. */
function divide(text: string, country: CountryCode | undefined, level = 0): string[] | null {
  // The day of an entry is no second number, though eight digits may be one in some countries.
  const isOne = level > 0 && readNumber(text, country).kind === 'accepted' && !isDate(cleanCell(text));
  if (isOne) return [text];
  const itself = looksLikeNumber(text) ? [text] : null;
  const between = BETWEEN[level];
  if (!between) return itself;
  const parts = text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => !LONE_SIGN.test(part));
  if (parts.length > MAX_NUMBERS) return null;
  const divided = parts.map((part) => divide(part, country, level + 1));
  return divided.includes(null) ? itself : divided.flatMap((numbers) => numbers ?? []);
}

/** Whether a text has at least two pieces with as many digits as a number has, or one with more than any number. */
function hasSeveral(text: string): boolean {
  let numbers = 0;
  for (const piece of text.split(BETWEEN_NUMBERS)) {
    const digits = countDigits(piece);
    if (digits >= MIN_DIGITS) numbers += digits > MAX_DIGITS && !RUN.test(piece.trim()) ? 2 : 1;
  }
  return numbers > 1;
}
