import {
  MAX_CELL_CHARACTERS,
  MAX_CELLS,
  MAX_COLUMNS,
  MAX_HEADER_CHARACTERS,
  MAX_ROWS_ABOVE_HEADER,
} from './bounds';
import type { Row } from './files/split-records';
import { UnreadableSourceError } from './files/unreadable-source';
import { looksLikeNumber } from './numbers/clean-cell';

/** Shows that a cell goes on. */
const CUT_MARK = '…';
/** A row beyond the bound is left out: what is shown of it is its first cell, and of that no more than this. */
const SHOWN_CHARACTERS = 200;

export interface BoundedRows {
  /** The rows within the bounds of a list. Cuts cells in place; throws `UnreadableSourceError`. */
  bound(rows: Row[]): Row[];
}

/**
 * Holds a list to its bounds before anything looks into its cells. A row of numbers alone is a list, not columns, and may
 * be as long as a row can be. `isCut`: what is beyond a bound is cut off, whatever it is, and nothing is refused, as for
 * the export of a list that a version without these bounds has read.
 */
export function createRowBounds(isCut: boolean): BoundedRows {
  let rowsSeen = 0;
  let wholeRows = 0;
  let cellsSeen = 0;

  function boundRow(row: Row): Row {
    rowsSeen += 1;
    if (!row.malformed) wholeRows += 1;
    if (rowsSeen === 1 && row.isTooLong && !isCut)
      throw tooMuch('header_too_long', row, MAX_HEADER_CHARACTERS);
    cutCells(row);
    cellsSeen += row.cells.length;
    if (cellsSeen > MAX_CELLS && !isCut) throw tooMuch('too_many_cells', row, MAX_CELLS);
    return (row.width ?? row.cells.length) > MAX_COLUMNS ? boundWidth(row) : row;
  }

  function boundWidth(row: Row): Row {
    const { cells } = row;
    const width = row.width ?? filledWidth(cells);
    if (isCut) return { ...row, width, cells: cells.slice(0, MAX_COLUMNS) };
    // Some programs end each row with as many delimiters as a spreadsheet has columns.
    if (width <= MAX_COLUMNS) return { ...row, cells: cells.slice(0, MAX_COLUMNS) };
    if (row.width === undefined && isListOfNumbers(cells)) return row;
    if (wholeRows <= MAX_ROWS_ABOVE_HEADER + 1) throw tooMuch('too_many_columns', row, width);
    // In a workbook each cell says its column: what is to the right of the others changes nothing.
    if (row.width !== undefined) return row;
    return { ...row, cells: [(cells[0] ?? '').slice(0, SHOWN_CHARACTERS)], malformed: true };
  }

  return { bound: (rows) => rows.map(boundRow) };
}

/** Throws where the names of a header are too long together. */
export function boundHeader(header: Row | undefined): void {
  const length = header?.cells.reduce((sum, cell) => sum + cell.length, 0) ?? 0;
  if (header && length > MAX_HEADER_CHARACTERS) throw tooMuch('header_too_long', header, length);
}

/** The cells up to the last one that is not blank. */
export function filledWidth(cells: string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] as string).trim() === '') width -= 1;
  return width;
}

function cutCells(row: Row): void {
  const { cells } = row;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] as string;
    if (cell.length <= MAX_CELL_CHARACTERS) continue;
    cells[index] = cell.slice(0, MAX_CELL_CHARACTERS - 1) + CUT_MARK;
    row.cutColumns ??= [];
    row.cutColumns.push(index);
  }
}

/** `+12025550123,+12025550124,…` in one row, though a few of them may be something else. */
function isListOfNumbers(cells: string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.filter(looksLikeNumber).length >= filled.length / 2;
}

const tooMuch = (
  code: 'header_too_long' | 'too_many_cells' | 'too_many_columns',
  { line }: Row,
  count: number,
) => new UnreadableSourceError(code, { line, count });
