import { readRows } from '../recipients/read-rows';
import type { CountryCode, Place } from '../recipients/recipient';
import type { Row } from '../recipients/split-records';
import type { OpenFile } from './read-sources';
import type { Source } from './store/sources';

/** The uploaded files' own columns, beside the rows of a list. They are not stored: the files are read again. */
export interface OriginalRows {
  /** Each column's name once, in the order of its first appearance over all files. */
  names: string[];
  /** The cells of these places, one for each name. Places must come in the order of the list. */
  cellsAt(places: Place[]): Promise<string[][]>;
  close(): Promise<void>;
}

/**
 * Opens the files of a batch once more. Throws what `openFile` throws where a file cannot be had any more.
 * Pasted numbers have no columns.
 */
export async function openOriginalRows(
  sources: Source[],
  defaultCountry: string | null,
  openFile: OpenFile,
): Promise<OriginalRows> {
  const read = (slackFileId: string) =>
    readRows(openFile(slackFileId), (defaultCountry ?? undefined) as CountryCode | undefined);
  const names: string[] = [];
  /** By source: the place of its columns among the names. */
  const places: number[][] = [];
  for (const { ordinal, slack_file_id } of sources) {
    if (slack_file_id === null) continue;
    places[ordinal] = nameTwins(await readNames(read(slack_file_id))).map((name) => {
      if (!names.includes(name)) names.push(name);
      return names.indexOf(name);
    });
  }
  let open: { source: number; rows: ReturnType<typeof walkRows> } | null = null;
  const close = async () => {
    await open?.rows.close();
    open = null;
  };
  const fileOf = new Map(sources.map(({ ordinal, slack_file_id }) => [ordinal, slack_file_id]));
  const laidOut = (source: number, row: Row | undefined) => {
    const cells = Array<string>(names.length).fill('');
    const own = places[source] ?? [];
    for (let index = 0; index < own.length; index += 1) cells[own[index] as number] = row?.cells[index] ?? '';
    return cells;
  };
  return {
    names,
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
