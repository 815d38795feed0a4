import { looksLikeNumber } from './clean-cell';
import { decodeText, type TextBlock } from './decode-text';
import { findPhoneColumn } from './find-phone-column';
import { parseRows } from './parse-rows';
import type { Layout, ReadEvent } from './recipient';
import type { Row } from './split-records';
import { UnreadableSourceError } from './unreadable-source';
import { type ValidationOptions, validateRows } from './validate-rows';

export interface ReadOptions extends ValidationOptions {
  /** The column with the numbers, from 0, when a person has chosen it. */
  phoneColumn?: number | undefined;
}

/**
 * Reads a delimited text file of any size: numbers in E.164, and a reason for each rejected row. Yields one `rows`
 * event per block of 64 KiB. Apart from `seen`, memory does not grow with the file. Between blocks it lets other work
 * run, so that a long list delays nobody.
 */
export async function* readRecipients(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  try {
    yield* read(decodeText(bytes), options);
  } catch (error) {
    if (!(error instanceof UnreadableSourceError)) throw error;
    yield { kind: 'unreadable', reason: error.code };
  }
}

async function* read(blocks: AsyncIterable<TextBlock>, options: ReadOptions): AsyncGenerator<ReadEvent> {
  let layout: Layout | null = null;
  let rowsFound = 0;
  let isOneLine = false;
  for await (const { rows, delimiter, encoding, bytesRead } of parseRows(blocks)) {
    if (!layout) {
      const readable = rows.filter((row) => !row.malformed);
      const cells = readable.map((row) => row.cells);
      const table = findPhoneColumn(cells, options.defaultCountry);
      isOneLine = readable.length === 1 && (readable[0] as Row).cells.every(mayBeListed);
      const phoneColumn = isOneLine ? 0 : (options.phoneColumn ?? table.phoneColumn);
      if (phoneColumn === null) {
        yield { kind: 'column_in_doubt', columns: table.columns };
        return;
      }
      const { hasHeader, columns } = table;
      layout = { hasHeader, columns, phoneColumn, delimiter, encoding };
      yield { kind: 'layout', layout };
      if (table.hasHeader) rows.splice(rows.indexOf(readable[0] as Row), 1);
    }
    rowsFound += rows.length;
    const listed = isOneLine ? rows.flatMap(oneNumberEach) : rows;
    yield { kind: 'rows', ...validateRows(listed, layout.phoneColumn, options), bytesRead };
  }
  if (rowsFound === 0) throw new UnreadableSourceError('no_rows');
}

/** `13800138000, 13800138001, …` on a single line is a list: its cells are not columns. */
const mayBeListed = (cell: string) => cell.trim() === '' || looksLikeNumber(cell);

function oneNumberEach(row: Row): Row[] {
  if (row.malformed) return [row];
  return row.cells.filter((cell) => cell.trim() !== '').map((cell) => ({ ...row, cells: [cell] }));
}
