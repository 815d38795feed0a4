import { decodeText } from './decode-text';
import { findPhoneColumn } from './find-phone-column';
import { parseRows } from './parse-rows';
import type { CountryCode } from './recipient';
import type { Row } from './split-records';

interface TableRows {
  /** The header's cells; null where a column has no name. The same in every block. */
  columns: (string | null)[];
  rows: Row[];
}

/**
 * Yields the rows of a delimited file with all their columns and without the header, one block of 64 KiB at a time.
 * Lines are numbered as in `readRecipients`, so a `RowRef` from there finds its row here. Throws `UnreadableSourceError`.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  defaultCountry: CountryCode | undefined,
): AsyncGenerator<TableRows> {
  let columns: (string | null)[] | null = null;
  for await (const { rows } of parseRows(decodeText(bytes))) {
    if (columns) {
      yield { columns, rows };
      continue;
    }
    const readable = rows.filter((row) => !row.malformed);
    const table = findPhoneColumn(
      readable.map((row) => row.cells),
      defaultCountry,
    );
    columns = table.names;
    yield { columns, rows: table.hasHeader ? rows.filter((row) => row !== readable[0]) : rows };
  }
}
