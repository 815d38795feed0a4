import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { TextBlock } from './decode-text';
import { detectDelimiter } from './detect-delimiter';
import type { Layout } from './recipient';
import { openRecordSplitter, type RecordSplitter, type Row } from './split-records';
import { UnreadableSourceError } from './unreadable-source';

const BLANK_CELL = /^[\s,;]*$/;

interface RowBlock extends Pick<Layout, 'delimiter' | 'encoding'> {
  rows: Row[];
  bytesRead: number;
}

/**
 * Parses text blocks into rows and leaves out blank ones. The first block has at least one row that is not malformed.
 * Throws `UnreadableSourceError` when no block has one.
 */
export async function* parseRows(blocks: AsyncIterable<TextBlock>): AsyncGenerator<RowBlock> {
  let splitter: RecordSplitter | null = null;
  let rows: Row[] = [];
  let hasBegun = false;
  for await (const { text, last, ...block } of blocks) {
    await letOthersRun();
    // The first block decides the delimiter; only it may have Excel's `sep=` line.
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

/** Spreadsheets write rows of bare delimiters below the last filled one. */
function isBlank(row: Row): boolean {
  return row.cells.every((cell) => BLANK_CELL.test(cell));
}
