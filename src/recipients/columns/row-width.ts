import type { Row } from '../files/split-records';
import { looksLikeNumber, mayHoldNumber } from '../numbers/clean-cell';
import type { Layout } from '../recipient';

const NEARLY_ALL = 0.9;

/** How many cells a row of the table has: as many as the header, or, without one, as most rows. */
export function widthOf(headerWidth: number, rows: Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [usual, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  if (headerWidth === 0) return usual;
  // Some programs end each row, but not the header, with delimiters. A few such rows may as well be moved ones.
  const isUsual = count > 1 && count >= rows.length * NEARLY_ALL;
  const isPadded = usual > headerWidth && rows.every(({ cells }) => isBlank(cells.slice(headerWidth)));
  return isPadded && isUsual ? usual : headerWidth;
}

const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '');

/**
 * Whether the rows show what each column holds, also in longer rows: one has the table's width, or two are of the same
 * length. A single longer row does not show whether something in it was moved.
 */
export function showsColumns(width: number, rows: Row[]): boolean {
  const lengths = rows.map(({ cells }) => cells.length);
  return lengths.some((length) => length <= width) || new Set(lengths).size < lengths.length;
}

/**
 * Whether it is certain which cell of a row is its number. An unquoted comma moves all cells behind it, so that in a row
 * of another width another column's number, such as an order's, may be where the phone should be, and a longer one may
 * have somebody's country or "no" behind the column for it. In a workbook every cell says its column: nothing moves, and
 * blank cells at the end of a row are not stored.
 */
export function fits({ cells }: Row, layout: Layout): boolean {
  const { width, mayMove, phoneColumn, sheet } = layout;
  if (sheet !== null) return true;
  if (cells.length === width || phoneColumn === 'all' || width === 1) return true;
  const hasAnswers = layout.countryColumn !== null || layout.consentColumns.length > 0;
  if (hasAnswers && cells.length > width) return false;
  if (mayMove || cells.some((cell, index) => index !== phoneColumn && looksLikeNumber(cell))) return false;
  return cells.length > phoneColumn || !cells.some(mayHoldNumber);
}
