import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Row } from '../split-records';
import { type NumberFormat, numberText } from './number-formats';
import { decodeEscapes, readXml } from './read-xml';
import { MAX_CELL_CHARACTERS, type SharedStrings } from './shared-strings';

/** A list has a few dozen columns. What is to the right of these is not read. */
const MAX_COLUMNS = 500;
const BLOCK_ROWS = 1_000;

export interface SheetBlock {
  rows: Row[];
  last: boolean;
}

/** The rows of a sheet that are not blank, a block after the other, with the line as the spreadsheet numbers it. */
export async function* readSheet(
  pieces: AsyncIterable<Buffer>,
  strings: SharedStrings,
  formats: NumberFormat[],
): AsyncGenerator<SheetBlock> {
  const parser = createRowParser(strings, formats);
  let waiting: Row[] = [];
  for await (const _ of readXml(pieces, parser.handlers)) {
    waiting = waiting.concat(parser.take());
    while (waiting.length > BLOCK_ROWS) {
      await letOthersRun();
      yield { rows: waiting.slice(0, BLOCK_ROWS), last: false };
      waiting = waiting.slice(BLOCK_ROWS);
    }
  }
  yield { rows: waiting, last: true };
}

function createRowParser(strings: SharedStrings, formats: NumberFormat[]) {
  let rows: Row[] = [];
  let line = 0;
  let cells: string[] = [];
  let hidden = false;
  let formulas: number[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  let isPhonetic = false;

  function openRow(attributes: Record<string, string>): void {
    line = Number(attributes.r ?? line + 1);
    cells = [];
    formulas = [];
    column = -1;
    hidden = attributes.hidden === '1' || attributes.hidden === 'true' || Number(attributes.ht ?? 1) === 0;
  }

  function openCell(attributes: Record<string, string>): void {
    column = attributes.r ? columnOf(attributes.r) : column + 1;
    type = attributes.t ?? 'n';
    style = Number(attributes.s ?? 0);
    value = '';
  }

  function closeCell(): void {
    if (column >= MAX_COLUMNS || value === '') return;
    while (cells.length < column) cells.push('');
    cells[column] = cellText();
  }

  function cellText(): string {
    if (type === 's') return strings.at(Number(value));
    if (type === 'n') return numberText(value, formats[style]);
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    return decodeEscapes(value);
  }

  function closeRow(): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    rows.push({
      line,
      cells,
      malformed: false,
      ...(hidden ? { hidden } : {}),
      ...(formulas.length > 0 ? { formulaColumns: formulas } : {}),
    });
  }

  return {
    handlers: {
      open(name: string, attributes: Record<string, string>) {
        if (name === 'row') openRow(attributes);
        else if (name === 'c') openCell(attributes);
        else if (name === 'f') formulas.push(column);
        else if (name === 'rPh') isPhonetic = true;
        else if (name === 'v' || name === 't') isValue = !isPhonetic;
      },
      text(text: string) {
        if (isValue && value.length < MAX_CELL_CHARACTERS) value += text;
      },
      close(name: string) {
        if (name === 'v' || name === 't') isValue = false;
        else if (name === 'rPh') isPhonetic = false;
        else if (name === 'c') closeCell();
        else if (name === 'row') closeRow();
      },
    },
    /** The rows that were completed since the last call. */
    take(): Row[] {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

/** `AB12` is column 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const character of reference) {
    const letter = character.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
