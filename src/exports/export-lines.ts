import type { ExportedRecipient, ExportSource } from '../batches/exporting/open-export';
import type { OriginalRows } from '../batches/exporting/original-rows';
import type { RejectedRow } from '../recipients/recipient';
import type { Words } from '../words/en';
import { failureInWords } from '../words/explain-codes';
import { CATALOGUES, type Reader } from '../words/words-for';
import { type CsvTable, csvLine, numberCell, textCell } from './csv';
import { MAX_EXPORT_BYTES } from './write-files';

const MIB = 1024 ** 2;

/**
 * Every recipient of a batch and how it ended, in the order of the list, followed by the columns of the uploaded file.
 */
export function recipientTable({ words, timeZone }: Reader, source: ExportSource): CsvTable {
  const { columns } = words.exports;
  const names = [
    columns.line,
    columns.file,
    columns.number,
    columns.status,
    columns.reason,
    columns.sendAttempt,
    columns.submitted(timeZone),
    columns.settled(timeZone),
    columns.segments,
    columns.cost,
    columns.currency,
    columns.orderId,
    columns.messageId,
    ...originalNames(words, source.originals),
  ];
  const fileCells = fileCellsOf(words, source);
  const cells = (row: ExportedRecipient) => [
    String(row.line),
    fileCells[row.source] ?? '',
    numberCell(row.number),
    words.recipientStatus[row.status],
    row.status === 'failed' ? textCell(failureInWords(words, row.reason)) : '',
    String(row.attempt),
    row.submittedAt,
    row.settledAt,
    row.segments,
    row.cost,
    row.currency,
    row.orderId,
    textCell(row.messageId),
  ];
  return {
    headLine: csvLine(names.map(textCell)),
    blocks: linesWithOriginals(source.recipients(timeZone), cells, source.originals),
    endLine: endLineOf(words),
  };
}

/**
 * The rows that were left out, ready to be corrected: the number first, under a name that our own reading of
 * lists prefers to all others, then the columns of the uploaded file. A row that repeats a number has it
 * beside the reason, not in the first column: else the corrected list would text that person a second time.
 */
export function leftOutTable({ words }: Reader, source: ExportSource): CsvTable {
  const fileCells = fileCellsOf(words, source);
  const cells = (row: RejectedRow) => [
    row.reason.code === 'duplicate' ? '' : numberCell(row.raw),
    textCell(whyLeftOut(row)),
    fileCells[row.source] ?? '',
    String(row.line),
  ];
  const whyLeftOut = ({ reason, source: own, raw }: RejectedRow): string => {
    const why = words.reasons.reject[reason.code];
    if (reason.code === 'duplicate') {
      const { source: other, line } = reason.of;
      const file = other === own ? null : source.sourceNames[other];
      const row = file ? words.review.sourceLine(file, line) : words.review.line(line);
      return `${why} (${words.reasons.sameAs(row)}): ${raw}`;
    }
    if (!('country' in reason) || !reason.country) return why;
    return `${why} (${words.reasons.rejectForCountry(words.format.country(reason.country))})`;
  };
  return {
    headLine: csvLine([...leftOutNames(words), ...originalNames(words, source.originals)].map(textCell)),
    blocks: linesWithOriginals(source.rejected(), cells, source.originals),
    endLine: endLineOf(words),
  };
}

const leftOutNames = ({ exports: { columns } }: Words) => [
  columns.mend,
  columns.why,
  columns.leftOutOf,
  columns.leftOutAt,
];

/**
 * False for our own columns, which an uploaded list has if it was an export of left-out rows. They are
 * written anew.
 */
export function isNotOfLeftOut(column: string): boolean {
  return !CATALOGUES.some((words) => leftOutNames(words).includes(column));
}

const fileCellsOf = (words: Words, { sourceNames }: ExportSource) =>
  sourceNames.map((name) => textCell(name ?? words.exports.pasted));

/** The last one tells, where the columns would be, how many of them are left away. */
function originalNames({ exports }: Words, { names, moreColumns }: OriginalRows): string[] {
  return moreColumns > 0 ? [...names, exports.moreColumns(moreColumns)] : names;
}

const endLineOf = ({ exports }: Words) => csvLine([textCell(exports.endsHere(MAX_EXPORT_BYTES / MIB))]);

/** Many rows of an export may be entries of one long row of the list: lines go on as soon as they are this many. */
const BLOCK_CHARACTERS = 1024 * 1024;

async function* linesWithOriginals<Row extends { source: number; line: number }>(
  blocks: AsyncIterable<Row[]>,
  cellsOf: (row: Row) => string[],
  originals: OriginalRows,
): AsyncGenerator<string[]> {
  for await (const rows of blocks) {
    const more = await originals.cellsAt(rows);
    let lines: string[] = [];
    let characters = 0;
    for (const [index, row] of rows.entries()) {
      const cells = cellsOf(row);
      for (const cell of more[index] ?? []) cells.push(textCell(cell));
      if (originals.moreColumns > 0) cells.push('');
      const line = csvLine(cells);
      lines.push(line);
      characters += line.length;
      if (characters < BLOCK_CHARACTERS) continue;
      yield lines;
      lines = [];
      characters = 0;
    }
    if (lines.length > 0) yield lines;
  }
}
