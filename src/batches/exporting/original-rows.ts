import { readRows } from '../../recipients/read-rows';
import type { CountryCode, RowRef } from '../../recipients/recipient';
import type { Row } from '../../recipients/split-records';
import type { DownloadFile } from '../importing/read-sources';
import type { Source } from '../store/sources';

/** The uploaded files' own columns, beside the rows of a list. They are not stored: the files are read again. */
export interface OriginalRows {
  /** Each column's name once, in the order of its first appearance over all files. */
  names: string[];
  /** Files that cannot be had any more, by name: the cells of their rows are empty. */
  gone: string[];
  /** The cells of these places, one for each name. Places must come in the order of the list. */
  cellsAt(places: RowRef[]): Promise<string[][]>;
  close(): Promise<void>;
}

/**
 * Opens the files of a batch once more. Who deletes a list from Slack does so on purpose: the others are opened all
 * the same. Throws what `openFile` throws where Slack does not answer. Pasted numbers have no columns. `isWanted` is
 * asked about each column by its name.
 */
export async function openOriginalRows(
  sources: Source[],
  defaultCountry: string | null,
  openFile: DownloadFile,
  isWanted: (column: string) => boolean,
): Promise<OriginalRows> {
  const read = (slackFileId: string) =>
    readRows(openFile(slackFileId), (defaultCountry ?? undefined) as CountryCode | undefined);
  const names: string[] = [];
  /** By source: the place of its columns among the names, -1 for one that is not wanted. */
  const places: number[][] = [];
  const gone: string[] = [];
  const fileOf = new Map<number, string>();
  for (const { ordinal, slack_file_id: id, name } of sources) {
    if (id === null) continue;
    const columns = await unlessGone(readNames(read(id)));
    if (!columns) {
      gone.push(name ?? id);
      continue;
    }
    fileOf.set(ordinal, id);
    places[ordinal] = nameTwins(columns).map((column) => {
      if (!isWanted(column)) return -1;
      if (!names.includes(column)) names.push(column);
      return names.indexOf(column);
    });
  }
  let open: { source: number; rows: ReturnType<typeof walkRows> } | null = null;
  const close = async () => {
    await open?.rows.close();
    open = null;
  };
  const laidOut = (source: number, row: Row | undefined) => {
    const cells = Array<string>(names.length).fill('');
    // A torn row has no cells but the beginning of its text.
    const own = row && !row.malformed ? (places[source] ?? []) : [];
    for (let index = 0; index < own.length; index += 1) {
      const place = own[index] as number;
      if (place >= 0) cells[place] = row?.cells[index] ?? '';
    }
    return cells;
  };
  return {
    names,
    gone,
    async cellsAt(wanted) {
      const cells = [];
      for (const { source, line } of wanted) {
        const file = fileOf.get(source);
        if (file && open?.source !== source) {
          await close();
          open = { source, rows: walkRows(read(file)) };
        }
        // Nearly every row lies in the block in hand: a promise for each would take longer than the row.
        const row = file ? (open?.rows.find(line) ?? (await open?.rows.findLater(line))) : undefined;
        cells.push(laidOut(source, row));
      }
      return cells;
    },
    close,
  };
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^file_(not_found|forbidden|not_ready)$/.test(code)) return null;
    throw error;
  }
}

/** Goes forward through a file, once. */
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

async function readNames(blocks: ReturnType<typeof readRows>): Promise<(string | null)[]> {
  const { value } = await blocks.next();
  await blocks.return(undefined);
  return value?.columns ?? [];
}

/** A nameless column is called by its place; a second one of the same name by its number. */
function nameTwins(columns: (string | null)[]): string[] {
  const names: string[] = [];
  for (const [index, column] of columns.entries()) {
    const name = column || `#${index + 1}`;
    const twins = names.filter((other) => other === name || other.startsWith(`${name} (`)).length;
    names.push(twins === 0 ? name : `${name} (${twins + 1})`);
  }
  return names;
}
