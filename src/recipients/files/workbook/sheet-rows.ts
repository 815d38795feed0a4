import { MAX_CELL_CHARACTERS, MAX_COLUMNS } from '../../bounds';
import type { Row } from '../split-records';
import type { NumberFormat } from './number-formats';
import { numberText } from './number-text';
import { decodeEscapes, refuseDamaged, type XmlHandlers } from './read-xml';
import type { SharedStrings } from './shared-strings';

/** One more than a cell may have tells that it has too many. */
const KEPT_CHARACTERS = MAX_CELL_CHARACTERS + 1;
/** The database counts lines in 32 bits. */
const MAX_LINE = 2 ** 31 - 1;
/** Excel's own word for a value that is not there. */
const NO_RESULT = '#N/A';

export interface SheetRows {
  handlers: XmlHandlers;
  /** The rows that were completed since the last call, without blank ones. */
  take(): Row[];
}

/**
 * Makes rows of the XML of a sheet. Its handlers throw `UnreadableSourceError` where rows or cells are not in order: then
 * it is not certain which cell belongs to whom.
 */
export function createSheetRows(strings: SharedStrings, formats: NumberFormat[]): SheetRows {
  let rows: Row[] = [];
  let isData = false;
  let line = 0;
  let cells: string[] = [];
  let isHidden = false;
  let formulas: number[] = [];
  let column = -1;
  /** Up to the last filled cell that is beyond the columns of a list. */
  let width: number | undefined;
  let isCell = false;
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  let hasValue = false;
  let isPhonetic = false;

  function openRow({ r, hidden, ht }: Record<string, string>): void {
    const next = r === undefined ? line + 1 : Number(r);
    if (!Number.isInteger(next) || next <= line || next > MAX_LINE) refuseDamaged();
    line = next;
    cells = [];
    formulas = [];
    column = -1;
    width = undefined;
    isHidden = hidden === '1' || hidden === 'true' || (ht !== undefined && Number(ht) === 0);
  }

  function openCell({ r, t = 'n', s = '0' }: Record<string, string>): void {
    const next = r === undefined ? column + 1 : columnOf(r);
    if (next <= column) refuseDamaged();
    column = next;
    isCell = true;
    type = t;
    style = Number(s);
    value = '';
    hasValue = false;
  }

  function closeCell(): void {
    isCell = false;
    if (column >= MAX_COLUMNS) {
      if (value !== '') width = column + 1;
      return;
    }
    const isFormula = formulas.at(-1) === column;
    // A program that does not calculate writes formulas without a result: such a cell is not blank.
    const text = isFormula && !hasValue ? NO_RESULT : cellText();
    if (text === '') return;
    while (cells.length < column) cells.push('');
    cells.push(text);
  }

  function cellText(): string {
    const stored = value.slice(0, KEPT_CHARACTERS);
    if (stored === '') return '';
    if (type === 's') return strings.at(Number(stored));
    if (type === 'n') return numberText(stored, formats[style]);
    if (type === 'b') return stored === '1' ? 'TRUE' : 'FALSE';
    return decodeEscapes(stored);
  }

  function closeRow(): void {
    if (width === undefined && cells.every((cell) => cell.trim() === '')) return;
    const row: Row = { line, cells, malformed: false };
    if (width !== undefined) row.width = width;
    if (isHidden) row.hidden = true;
    if (formulas.length > 0) row.formulaColumns = formulas;
    rows.push(row);
  }

  function openInCell(name: string): void {
    if (name === 'f' && column < MAX_COLUMNS) formulas.push(column);
    else if (name === 'rPh') isPhonetic = true;
    else if (name === 'v' || name === 't') {
      isValue = !isPhonetic;
      hasValue = true;
    }
  }

  return {
    handlers: {
      open(name, attributes) {
        if (isCell) openInCell(name);
        else if (name === 'sheetData') isData = true;
        else if (!isData) return;
        else if (name === 'c') openCell(attributes);
        else if (name === 'row') openRow(attributes);
      },
      text(text) {
        if (isValue && value.length < KEPT_CHARACTERS) value += text;
      },
      close(name) {
        if (name === 'v' || name === 't') isValue = false;
        else if (name === 'rPh') isPhonetic = false;
        else if (name === 'c' && isCell) closeCell();
        else if (name === 'row' && isData) closeRow();
        else if (name === 'sheetData') isData = false;
      },
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

/** `AB12` is column 27, counted from 0. Throws `UnreadableSourceError` where there is no letter. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; column < MAX_COLUMNS * 26; at += 1) {
    // 32: the bit that tells `a` from `A`.
    const letter = (reference.charCodeAt(at) & ~32) - 64;
    if (!(letter >= 1 && letter <= 26)) break;
    column = column * 26 + letter;
  }
  return column === 0 ? refuseDamaged() : column - 1;
}
