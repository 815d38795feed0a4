import { MAX_COLUMNS } from '../../recipients/bounds';
import type { Row } from '../../recipients/files/split-records';
import { readRows } from '../../recipients/read-rows';
import type { CountryCode, RowRef } from '../../recipients/recipient';
import type { Source } from '../store/sources';

/** The columns of the uploaded files, for the rows of a list. They are not stored: the files are read again. */
export interface OriginalRows {
  /** The name of each column once, in the order of first appearance over all files: as many as a list may have. */
  names: string[];
  /** How many columns the files have beyond these. */
  moreColumns: number;
  /** Names of files that their origin does not give any more. The cells of their rows are empty. */
  missingFiles: string[];
  /** The cells of these rows, one for each name. The rows must come in the order of the list. */
  cellsAt(rows: RowRef[]): Promise<string[][]>;
  close(): Promise<void>;
}

/**
 * Opens the files of a batch again. A file that was deleted was deleted on purpose: the others are opened all the same.
 * Throws what reading throws where the origin does not answer. Pasted numbers have no columns. `isWanted` is called with
 * each column's name.
 */
export async function openOriginalRows(
  sources: Source[],
  defaultCountry: string | null,
  open: (source: Source) => AsyncIterable<Uint8Array> | null,
  isWanted: (column: string) => boolean,
): Promise<OriginalRows> {
  const read = (file: AsyncIterable<Uint8Array>, { reading }: Source) =>
    readRows(file, reading?.layout ?? null, (defaultCountry ?? undefined) as CountryCode | undefined);
  const names: string[] = [];
  let moreColumns = 0;
  /** For each source, the index of its columns among the names; -1 for an unwanted column. */
  const nameIndexes: number[][] = [];
  const missingFiles: string[] = [];
  const fileOf = new Map<number, Source>();
  for (const source of sources) {
    const { ordinal, name, ref } = source;
    const file = open(source);
    if (!file) continue;
    const found = await nullIfMissing(readNames(read(file, source)));
    if (!found) {
      missingFiles.push(name ?? ref ?? '');
      continue;
    }
    fileOf.set(ordinal, source);
    moreColumns += found.moreColumns;
    nameIndexes[ordinal] = uniqueNames(found.columns).map((column) => {
      if (!isWanted(column)) return -1;
      const known = names.indexOf(column);
      if (known >= 0) return known;
      // One more column costs a comma in every row of all files.
      if (names.length === MAX_COLUMNS) moreColumns += 1;
      return names.length === MAX_COLUMNS ? -1 : names.push(column) - 1;
    });
  }
  let reading: { source: number; rows: ReturnType<typeof walkRows> } | null = null;
  const close = async () => {
    await reading?.rows.close();
    reading = null;
  };
  const arrangeCells = (source: number, row: Row | undefined) => {
    const cells = Array<string>(names.length).fill('');
    // A malformed row has no cells, only the beginning of its text.
    const own = row && !row.malformed ? (nameIndexes[source] ?? []) : [];
    for (let index = 0; index < own.length; index += 1) {
      const target = own[index] as number;
      if (target >= 0) cells[target] = row?.cells[index] ?? '';
    }
    return cells;
  };
  return {
    names,
    moreColumns,
    missingFiles,
    async cellsAt(rows) {
      const cells = [];
      for (const { source, line } of rows) {
        const file = fileOf.get(source);
        if (file && reading?.source !== source) {
          await close();
          const bytes = open(file);
          if (bytes) reading = { source, rows: walkRows(read(bytes, file)) };
        }
        // Nearly every row is in the current block. A promise for each row would take longer than the row.
        const row = file ? (reading?.rows.find(line) ?? (await reading?.rows.findLater(line))) : undefined;
        cells.push(arrangeCells(source, row));
      }
      return cells;
    },
    close,
  };
}

async function nullIfMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^file_(not_found|forbidden|not_ready)$/.test(code)) return null;
    throw error;
  }
}

/** Goes through a file once, forward only. */
function walkRows(blocks: ReturnType<typeof readRows>) {
  let rows: Row[] = [];
  let next = 0;
  const find = (line: number): Row | undefined => {
    while (next < rows.length && (rows[next] as Row).line < line) next += 1;
    return rows[next]?.line === line ? rows[next] : undefined;
  };
  return {
    find,
    async findLater(line: number): Promise<Row | undefined> {
      while (next >= rows.length) {
        const block = await blocks.next();
        if (block.done) return undefined;
        rows = block.value.rows;
        next = 0;
        const row = find(line);
        if (row) return row;
      }
      return undefined;
    },
    close: () => blocks.return(undefined),
  };
}

async function readNames(blocks: ReturnType<typeof readRows>) {
  const { value } = await blocks.next();
  await blocks.return(undefined);
  return { columns: value?.columns ?? [], moreColumns: value?.moreColumns ?? 0 };
}

/** Every column gets a name of its own: `#2` without a header, `Name (2)` for the second of the same name. */
function uniqueNames(columns: (string | null)[]): string[] {
  const names: string[] = [];
  for (const [index, column] of columns.entries()) {
    const name = column || `#${index + 1}`;
    const duplicates = names.filter((other) => other === name || other.startsWith(`${name} (`)).length;
    names.push(duplicates === 0 ? name : `${name} (${duplicates + 1})`);
  }
  return names;
}
