import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Delimiter, Encoding } from '../recipient';
import type { TextBlock } from './decode-text';
import { guessDelimiter, takeSeparatorLine } from './detect-delimiter';
import { type Dialect, detectPaddedQuotes, detectSingleQuotes, detectWrappedRows } from './dialects';
import { openRecordSplitter, type RecordSplitter, type Row } from './split-records';
import { UnreadableSourceError } from './unreadable-source';

const BLANK_CELL = /^[\s,;|，；]*$/;

interface RowBlock {
  delimiter: Delimiter;
  encoding: Encoding;
  rows: Row[];
  bytesRead: number;
  last: boolean;
}

/**
 * Parses text blocks into rows and leaves out blank ones. The first block has at least one row that is not malformed.
 * `fixed`: the delimiter of an earlier reading. Throws `UnreadableSourceError` when no block has one.
 */
export async function* parseRows(
  blocks: AsyncIterable<TextBlock>,
  fixed?: Delimiter,
): AsyncGenerator<RowBlock> {
  let parser: Parser | null = null;
  let rows: Row[] = [];
  let hasBegun = false;
  for await (const { text, ...block } of blocks) {
    await letOthersRun();
    // The first block decides how the rows are divided; only it may have Excel's `sep=` line.
    parser ??= createParser(text, fixed);
    rows = rows.concat(parser.read(text, block.last).filter((row) => !isBlank(row)));
    hasBegun ||= rows.some((row) => !row.malformed);
    if (!hasBegun) continue;
    yield { ...block, delimiter: parser.delimiter, rows };
    rows = [];
  }
  if (!hasBegun) throw new UnreadableSourceError(rows.length > 0 ? 'not_a_table' : 'empty');
}

type Parser = Pick<RecordSplitter, 'delimiter' | 'read'>;

function createParser(head: string, fixed: Delimiter | undefined): Parser {
  const { stated, rest } = takeSeparatorLine(head);
  const wrapped = detectWrappedRows(rest);
  const rows = wrapped ? wrapped(rest, true) : rest;
  const delimiter = fixed ?? stated ?? guessDelimiter(rows);
  const quotes = detectSingleQuotes(rows, delimiter) ?? detectPaddedQuotes(rows, delimiter);
  const dialects = [wrapped, quotes].filter((one) => one !== null);
  const splitter = openRecordSplitter(delimiter);
  let skip = head.length - rest.length;
  return {
    delimiter,
    read(text, last) {
      const own = skip > 0 ? text.slice(skip) : text;
      skip = 0;
      return splitter.read(rewrite(own, last, dialects), last);
    },
  };
}

const rewrite = (text: string, last: boolean, dialects: Dialect[]): string =>
  dialects.reduce((rewritten, dialect) => dialect(rewritten, last), text);

/** Spreadsheets write rows of bare delimiters below the last filled one. */
function isBlank(row: Row): boolean {
  return row.cells.every((cell) => BLANK_CELL.test(cell));
}
