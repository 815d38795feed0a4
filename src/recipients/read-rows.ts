import { filledWidth } from './bound-rows';
import { MAX_COLUMNS } from './bounds';
import { findHeader } from './columns/find-header';
import type { Row } from './files/split-records';
import { UnreadableSourceError } from './files/unreadable-source';
import { openTable } from './open-table';
import type { CountryCode, Layout } from './recipient';

interface TableRows {
  /** The header's cells, at most `MAX_COLUMNS`; null where a column has no name. The same in every block. */
  columns: (string | null)[];
  /** How many columns the list has beyond these. A version without the bound has read such lists. */
  moreColumns: number;
  rows: Row[];
}

/**
 * Yields the rows of a file with all their columns and without its headings, block after block. Lines are numbered as in
 * `readRecipients`, so a `RowRef` from there finds its row here. Blank columns at the end of a list are none. `layout`: how
 * the file was read; null for a batch that an older version has read. Throws `UnreadableSourceError`.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  layout: Layout | null,
  defaultCountry: CountryCode | undefined,
): AsyncGenerator<TableRows> {
  const table = await openTable(bytes, { defaultCountry, choice: {}, decided: layout, isCut: true });
  if (table.kind === 'sheet_in_doubt') throw new UnreadableSourceError('no_rows');
  let known: Pick<TableRows, 'columns' | 'moreColumns'> | null = null;
  let headings: ReadonlySet<number> = new Set();
  try {
    for await (const { rows } of table.blocks) {
      if (!known) {
        const { headings: lines, names } = layout ?? layoutOf(rows);
        headings = new Set(lines);
        known = columnsOf(names, rows);
      }
      yield { ...known, rows: rows.filter(({ line }) => !headings.has(line)) };
    }
  } finally {
    table.close();
  }
}

/** A list without header still has columns, which get numbers for names. */
function columnsOf(names: (string | null)[], rows: Row[]): Pick<TableRows, 'columns' | 'moreColumns'> {
  const width = names.findLastIndex((name) => name !== null) + 1;
  const filled = rows.map((row) => row.width ?? filledWidth(row.cells));
  const all = filled.reduce((most, own) => Math.max(most, own), width);
  const columns = Array.from({ length: Math.min(all, MAX_COLUMNS) }, (_, index) => names[index] ?? null);
  return { columns, moreColumns: all - columns.length };
}

function layoutOf(rows: Row[]): Pick<Layout, 'headings' | 'names'> {
  const { headings, names } = findHeader(rows);
  return { headings: headings.map(({ line }) => line), names };
}
