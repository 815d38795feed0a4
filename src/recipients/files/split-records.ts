import { type ParseResult, Parser } from 'papaparse';
import { MAX_LINES_IN_RECORD, MAX_MALFORMED_RECORDS, MAX_RECORD_CHARACTERS } from '../bounds';
import type { Delimiter } from '../recipient';
import { UnreadableSourceError } from './unreadable-source';

const MAX_MALFORMED_CHARACTERS = 200;
const LINE_BREAK = 10;

export interface Row {
  line: number;
  cells: string[];
  /** Its quotes do not match, or it is too long: `cells` has only the beginning of its text. */
  malformed: boolean;
  /** A malformed row: its text is longer than a row may be. */
  isTooLong?: boolean;
  /** The cells that were longer than a cell may be: only their beginnings are here. */
  cutColumns?: number[];
  /** Of a workbook: whether the row is hidden, and which of its cells are results of formulas. */
  hidden?: boolean;
  formulaColumns?: number[];
  /** How many cells it has up to the last filled one, where not all of them are here. */
  width?: number;
}

export interface RecordSplitter {
  delimiter: Delimiter;
  /** The rows that are complete with this text; all remaining rows when it is the `last`. */
  read(text: string, last: boolean): Row[];
}

/**
 * Splits text with `\n` line breaks into rows by papaparse's grammar, as the text arrives, and keeps only the current
 * record in memory. An unclosed quote would swallow the rest of the file: the first line of such a record becomes a
 * malformed row, and parsing goes on at the next line, so that no row is lost. Throws `UnreadableSourceError` after
 * 100 malformed rows, since for each the text behind it is parsed again.
 */
export function openRecordSplitter(delimiter: Delimiter): RecordSplitter {
  let pending = '';
  let line = 1;
  let malformedCount = 0;
  let isInsideMalformedLine = false;

  function read(text: string, last: boolean): Row[] {
    pending += text;
    const rows: Row[] = [];
    if (isInsideMalformedLine) skipMalformedLine();
    for (;;) {
      skipEmptyLines();
      const { records, length, isNextMalformed } = parse(pending, delimiter, last);
      for (const cells of records) rows.push({ line: line++, cells, malformed: false });
      pending = pending.slice(length);
      if (!isNextMalformed && pending.length <= MAX_RECORD_CHARACTERS) return rows;
      rows.push({
        line: line++,
        cells: [firstLine(pending).slice(0, MAX_MALFORMED_CHARACTERS)],
        malformed: true,
        ...(!isNextMalformed && { isTooLong: true }),
      });
      skipMalformedLine();
      malformedCount += 1;
      if (malformedCount > MAX_MALFORMED_RECORDS) throw new UnreadableSourceError('not_a_table');
    }
  }

  /** A file may have millions of empty lines, and the parser would make a row of each. */
  function skipEmptyLines(): void {
    let count = 0;
    while (pending.charCodeAt(count) === LINE_BREAK) count += 1;
    line += count;
    pending = pending.slice(count);
  }

  function skipMalformedLine(): void {
    const end = pending.indexOf('\n');
    isInsideMalformedLine = end === -1;
    pending = isInsideMalformedLine ? '' : pending.slice(end + 1);
  }

  return { delimiter, read };
}

/** The complete records at the beginning of `text`, up to the first malformed one, and the length of their text. */
function parse(text: string, delimiter: string, last: boolean) {
  const whole = parseRecords(text, delimiter, last);
  const malformedAt = text.includes('"') ? findMalformed(whole) : -1;
  if (malformedAt === -1) return { records: whole.data, length: whole.meta.cursor, isNextMalformed: false };
  if (malformedAt === 0) return { records: [], length: 0, isNextMalformed: true };
  const before = parseRecords(text, delimiter, last, malformedAt);
  return { records: before.data, length: before.meta.cursor, isNextMalformed: true };
}

/**
 * The index of the first record whose quotes do not match, or -1. Stray quotes within one line are accepted
 * (`"Bob "Bobby" Smith"`). A record with stray quotes over several lines, or over very many lines, would swallow rows.
 */
function findMalformed({ data, errors }: ParseResult<string[]>): number {
  const faults = new Map(errors.map((error) => [error.row, error.code]));
  return data.findIndex((cells, index) => {
    const fault = faults.get(index);
    if (fault === 'MissingQuotes') return true;
    const lineBreaks = cells.reduce((sum, cell) => sum + countLineBreaks(cell), 0);
    return lineBreaks > (fault ? 0 : MAX_LINES_IN_RECORD);
  });
}

function countLineBreaks(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : text.slice(0, end);
}

/**
 * Parses the first `preview` records of a text (0: all). The last one counts only if `last` says that the text ends
 * there. This is papaparse's inner parser: its streaming does not report where a malformed record began.
 */
export function parseRecords(
  text: string,
  delimiter: string,
  last: boolean,
  preview = 0,
): ParseResult<string[]> {
  return new Parser({ delimiter, newline: '\n', preview }).parse(text, 0, !last);
}
