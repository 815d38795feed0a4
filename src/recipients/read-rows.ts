import { findHeader } from './columns/find-header';
import type { Row } from './files/split-records';
import { UnreadableSourceError } from './files/unreadable-source';
import { openTable } from './open-table';
import type { CountryCode, Layout } from './recipient';

interface TableRows {
  /** The header's cells; null where a column has no name. The same in every block. */
  columns: (string | null)[];
  rows: Row[];
}

/**
 * Yields the rows of a file with all their columns and without its headings, block after block. Lines are numbered as in
 * `readRecipients`, so a `RowRef` from there finds its row here. `layout`: how the file was read; null for a batch that an
 * older version has read. Throws `UnreadableSourceError`.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  layout: Layout | null,
  defaultCountry: CountryCode | undefined,
): AsyncGenerator<TableRows> {
  const table = await openTable(bytes, { defaultCountry, choice: {}, decided: layout, isCut: true });
  if (table.kind === 'sheet_in_doubt') throw new UnreadableSourceError('no_rows');
  let columns: (string | null)[] | null = null;
  let headings: ReadonlySet<number> = new Set();
  try {
    for await (const { rows } of table.blocks) {
      if (!columns) {
        const known = layout ?? layoutOf(rows);
        headings = new Set(known.headings);
        // A list without header still has columns, which get numbers for names.
        const width = Math.max(...rows.map(({ cells }) => cells.length));
        columns = known.names.length > 0 ? known.names : Array<null>(width).fill(null);
      }
      yield { columns, rows: rows.filter(({ line }) => !headings.has(line)) };
    }
  } finally {
    table.close();
  }
}

function layoutOf(rows: Row[]): Pick<Layout, 'headings' | 'names'> {
  const { headings, names } = findHeader(rows);
  return { headings: headings.map(({ line }) => line), names };
}
