import { setImmediate as otherWork } from 'node:timers/promises';
import type { TextBlock } from './decode-text';
import { detectDelimiter } from './detect-delimiter';
import type { Layout } from './recipient';
import { openRecordSplitter, type RecordSplitter, type Row } from './split-records';
import { UnreadableSourceError } from './unreadable-source';

const BLANK_CELL = /^[\s,;]*$/;

export interface RowBlock extends Pick<Layout, 'delimiter' | 'encoding'> {
  rows: Row[];
  bytesRead: number;
}

/** The rows that are not blank, a block at a time. The first block holds at least one that is not torn. */
export async function* parseRows(blocks: AsyncIterable<TextBlock>): AsyncGenerator<RowBlock> {
  let splitter: RecordSplitter | null = null;
  let rows: Row[] = [];
  let hasBegun = false;
  for await (const { text, last, ...block } of blocks) {
    await otherWork();
    // Only the first block tells the delimiter, and only it may hold Excel's line that says so.
    const head = splitter ? { text, delimiter: splitter.delimiter } : detectDelimiter(text);
    splitter ??= openRecordSplitter(head.delimiter);
    rows = rows.concat(splitter.read(head.text, last).filter((row) => !isBlank(row)));
    hasBegun ||= rows.some((row) => !row.malformed);
    if (!hasBegun) continue;
    yield { ...block, delimiter: splitter.delimiter, rows };
    rows = [];
  }
  if (!hasBegun) throw new UnreadableSourceError(rows.length > 0 ? 'not_a_table' : 'empty');
}

/** Spreadsheets write rows of bare delimiters below the last that is filled. */
function isBlank(row: Row): boolean {
  return row.cells.every((cell) => BLANK_CELL.test(cell));
}
