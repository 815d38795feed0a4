import { type ParseResult, Parser } from 'papaparse';
import type { Layout } from './recipient';
import { UnreadableSourceError } from './unreadable-source';

/** Twice what a spreadsheet holds in one cell. */
const MAX_RECORD_CHARACTERS = 64 * 1024;
const MAX_LINES_IN_RECORD = 100;
const MAX_TORN_RECORDS = 100;
const MAX_TORN_CHARACTERS = 200;
const LINE_BREAK = 10;

export interface Row {
  line: number;
  cells: string[];
  /** The quotes of the row do not match, or it has no end: `cells` holds only the beginning of its text. */
  malformed: boolean;
}

export interface RecordSplitter {
  delimiter: Layout['delimiter'];
  /** The rows that end in this text or ended in it with what came before; all of them when it is the last. */
  read(text: string, last: boolean): Row[];
}

/**
 * Cuts text (with `\n` line breaks) into rows by papaparse's grammar, piece by piece, holding no more than the
 * record in hand. A quote that is never closed would swallow the rest of the file: such a record gives up its
 * first line as torn, and reading goes on at the next line, so that no row is lost. Throws `UnreadableSourceError` after
 * 100 torn rows, since each costs a new look at the text behind it.
 */
export function openRecordSplitter(delimiter: Layout['delimiter']): RecordSplitter {
  let pending = '';
  let line = 1;
  let tornCount = 0;
  let isInsideTornLine = false;

  function read(text: string, last: boolean): Row[] {
    pending += text;
    const rows: Row[] = [];
    if (isInsideTornLine) leaveTornLine();
    for (;;) {
      skipEmptyLines();
      const { records, length, isTornNext } = parse(pending, delimiter, last);
      for (const cells of records) rows.push({ line: line++, cells, malformed: false });
      pending = pending.slice(length);
      if (!isTornNext && pending.length <= MAX_RECORD_CHARACTERS) return rows;
      rows.push({ line: line++, cells: [firstLine(pending).slice(0, MAX_TORN_CHARACTERS)], malformed: true });
      leaveTornLine();
      tornCount += 1;
      if (tornCount > MAX_TORN_RECORDS) throw new UnreadableSourceError('not_a_table');
    }
  }

  /** A file may be millions of them, each of which the parser would make a row. */
  function skipEmptyLines(): void {
    let count = 0;
    while (pending.charCodeAt(count) === LINE_BREAK) count += 1;
    line += count;
    pending = pending.slice(count);
  }

  function leaveTornLine(): void {
    const end = pending.indexOf('\n');
    isInsideTornLine = end === -1;
    pending = isInsideTornLine ? '' : pending.slice(end + 1);
  }

  return { delimiter, read };
}

/** The whole records at the beginning of `text`, up to the first that is torn, and the length of their text. */
function parse(text: string, delimiter: string, last: boolean) {
  const whole = parseRecords(text, delimiter, last);
  const tornAt = text.includes('"') ? findTorn(whole) : -1;
  if (tornAt === -1) return { records: whole.data, length: whole.meta.cursor, isTornNext: false };
  if (tornAt === 0) return { records: [], length: 0, isTornNext: true };
  const before = parseRecords(text, delimiter, last, tornAt);
  return { records: before.data, length: before.meta.cursor, isTornNext: true };
}

/**
 * The first record whose quotes do not match. Stray quotes within one line are forgiven (`"Bob "Bobby" Smith"`), but
 * where they join lines, or where one record runs over very many, rows would vanish in it.
 */
function findTorn({ data, errors }: ParseResult<string[]>): number {
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
 * The first `preview` records of a text (0: all), the last of them only if the text is at its end. This is the parser
 * beneath Papa's own cutting of streams, which cannot tell where a faulty record began.
 */
export function parseRecords(
  text: string,
  delimiter: string,
  last: boolean,
  preview = 0,
): ParseResult<string[]> {
  return new Parser({ delimiter, newline: '\n', preview }).parse(text, 0, !last);
}
