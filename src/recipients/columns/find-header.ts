import { MAX_ROWS_ABOVE_HEADER } from '../bounds';
import type { Row } from '../files/split-records';
import { looksLikeNumber, mayHoldNumber } from '../numbers/clean-cell';
import { readNumber } from '../numbers/read-number';
import { isPhoneName } from './phone-column-names';

const MAX_NAME_CHARACTERS = 100;
const LETTER = /\p{L}/u;
const DAYS_AND_YEARS =
  /(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4}|(?:19|20)\d\d)(?!\d)/g;

export interface Header {
  /** The rows that are taken for headings: titles and the header itself. Empty where the table has none. */
  headings: Row[];
  /** The header's cells; null where a column has no name. Empty without header. */
  names: (string | null)[];
  /** The cells of the header row; 0 without header. */
  width: number;
}

/**
 * Finds the header among the first rows of a table. A row that may hold a number is never a heading: it is somebody on
 * the list, or a row that must be listed as left out. Of the rows above the first number, the header is the fullest one
 * that names a phone column, and else the first one with several cells; the rows above it are titles.
 */
export function findHeader(rows: Row[]): Header {
  const head = rows.filter((row) => !row.malformed);
  const isWide = head.some((row) => countFilled(row) > 1);
  const first = head
    .slice(0, MAX_ROWS_ABOVE_HEADER + 1)
    .filter((row) => !row.cells.some(mayHoldNumber) || isDatedHeader(row));
  const firstNumber = head.findIndex((row) => row.cells.some(mayHoldNumber));
  const header = findNamed(first, isWide) ?? findUnnamed(head, firstNumber, isWide);
  if (!header) return namedBy(head.find((row, index) => index <= MAX_ROWS_ABOVE_HEADER && isDoubtful(row)));
  const above = head.slice(0, head.indexOf(header)).filter((row) => first.includes(row));
  return { headings: [...above, header], names: header.cells.map(nameOf), width: header.cells.length };
}

/**
 * Whether one of the first rows, read as a row of the list, may be a header all the same: `Phone (such as 2025550123)`.
 * Then nobody knows what the columns are.
 */
export function mayBeHeader(rows: Row[]): boolean {
  return rows.slice(0, MAX_ROWS_ABOVE_HEADER + 1).some((row) => !row.malformed && isDoubtful(row));
}

function isDoubtful(row: Row): boolean {
  const mayBeName = (cell: string) =>
    isPhoneName(cell) &&
    mayHoldNumber(cell) &&
    readNumber(cell).kind === 'rejected' &&
    !looksLikeNumber(cell);
  return countFilled(row) > 1 && row.cells.some(mayBeName);
}

/** What may be a header stays a row of the list, and names the columns: one of them may be about consent. */
function namedBy(row: Row | undefined): Header {
  return { headings: [], names: row?.cells.map(nameOf) ?? [], width: row?.cells.length ?? 0 };
}

/** `Name,Phone,Balance 01/05/2024`: beside the plain name of a phone column, days and years are no numbers. */
function isDatedHeader({ cells }: Row): boolean {
  const withDigits = cells.filter(mayHoldNumber);
  return cells.some((cell) => isPhoneName(cell) && !mayHoldNumber(cell)) && withDigits.every(isNameWithDay);
}

function isNameWithDay(cell: string): boolean {
  return LETTER.test(cell) && !looksLikeNumber(cell) && !mayHoldNumber(cell.replace(DAYS_AND_YEARS, ' '));
}

/** The fullest row with the name of a phone column. A title, `Phone list`, fills one cell of a wide table. */
function findNamed(rows: Row[], isWide: boolean): Row | null {
  const named = rows.filter(
    (row, index) =>
      row.cells.some((cell) => isPhoneName(cell)) && (isWide ? countFilled(row) > 1 : index === 0),
  );
  const only = rows[0];
  // A header may name one of its columns only.
  if (named.length === 0) return only?.cells.some(isPhoneName) && only === rows.at(-1) ? only : null;
  return named.reduce((best, row) => (countFilled(row) > countFilled(best) ? row : best));
}

/** Without a name that we know, a row is a header where numbers follow below it and it has none. */
function findUnnamed(head: Row[], firstNumber: number, isWide: boolean): Row | null {
  if (firstNumber <= 0) return null;
  const above = head.slice(0, Math.min(firstNumber, MAX_ROWS_ABOVE_HEADER + 1));
  return above.find((row) => !isWide || countFilled(row) > 1) ?? above[0] ?? null;
}

function countFilled({ cells }: Row): number {
  return cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0);
}

function nameOf(cell: string): string | null {
  return cell.trim().slice(0, MAX_NAME_CHARACTERS) || null;
}
