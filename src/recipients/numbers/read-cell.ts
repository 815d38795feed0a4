import type { CountryCode } from '../recipient';
import { cleanCell, countDigits, looksLikeNumber, MIN_DIGITS } from './clean-cell';
import { type NumberReading, readNumber } from './read-number';

/** A number in a cell, as it is written there, and how it is read. */
export interface CellEntry {
  raw: string;
  reading: NumberReading;
}

const MAX_NUMBERS = 20;
const MAX_CHARACTERS = 1_000;
/** What people write between two numbers, with a word of eight languages. */
const BETWEEN = /:{2,3}|[/;,|\n、；，&]|\s(?:or|and|y|o|ou|et|oder|und|e|или|и)\s|[或和及]/i;
const BLANKS = /\s+/;
/** Fewer digits are no two numbers. */
const MIN_FOR_TWO = 2 * MIN_DIGITS;

/**
 * Reads a cell: at least one entry. The whole cell is one number where it can be; else it is divided where people put
 * something between numbers, if each part then looks like one. Where only some parts do, nobody knows which one is meant.
 */
export function readCell(cell: string, country?: CountryCode): CellEntry[] {
  const reading = readNumber(cell, country);
  const isOne = reading.kind === 'accepted' || cell.length < MIN_FOR_TWO || countDigits(cell) < MIN_FOR_TWO;
  if (isOne || cell.length > MAX_CHARACTERS) return [{ raw: cell, reading }];
  const parts = partsOf(cell);
  const numbers = parts.filter((part) => countDigits(part) >= MIN_DIGITS);
  if (numbers.length < 2) return [{ raw: cell, reading }];
  if (numbers.length < parts.length || numbers.length > MAX_NUMBERS || !numbers.every(looksLikeNumber)) {
    return [{ raw: cell, reading: { kind: 'rejected', reason: { code: 'several_numbers' } } }];
  }
  return numbers.map((part) => ({ raw: part, reading: readNumber(part, country) }));
}

/** Whether a cell looks like one phone number, or like several that people put into one cell. */
export function looksLikeNumbers(cell: string): boolean {
  if (looksLikeNumber(cell)) return true;
  if (cell.length > MAX_CHARACTERS || countDigits(cell) < MIN_FOR_TWO) return false;
  const parts = partsOf(cell);
  return parts.length > 1 && parts.every(looksLikeNumber);
}

function partsOf(cell: string): string[] {
  const parts = cell
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.flatMap((part) => {
    if (countDigits(part) < MIN_FOR_TWO) return [part];
    const words = cleanCell(part).split(BLANKS);
    return words.length > 1 && words.every(looksLikeNumber) ? words : [part];
  });
}
