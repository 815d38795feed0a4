import { createRowBounds } from './bound-rows';
import { prepareCountryNames } from './columns/country-by-name';
import { layOutTable } from './columns/lay-out-table';
import { decodeText, type TextBlock } from './files/decode-text';
import { parseRows } from './files/parse-rows';
import { sniffFile } from './files/recognise-file';
import type { Row } from './files/split-records';
import { UnreadableSourceError } from './files/unreadable-source';
import { readWorkbook, type Workbook } from './files/workbook/read-workbook';
import { looksLikeNumber } from './numbers/clean-cell';
import type { Column, CountryCode, Layout, ReadingChoice, Sheet } from './recipient';

/** Rows of a table, with how they were found. The first block has at least one row that is not malformed. */
export interface TableBlock extends Pick<Layout, 'encoding' | 'delimiter' | 'sheet'> {
  rows: Row[];
  bytesRead: number;
  last: boolean;
  /** Whether this block or an earlier one has characters that the encoding does not have. */
  hasUnreadable: boolean;
}

export type OpenTable =
  | {
      kind: 'table';
      blocks: AsyncGenerator<TableBlock>;
      /** Of the other sheets that hold numbers. */
      otherColumns: Column[];
      close(): void;
    }
  /** Several sheets hold numbers: a person must choose a column of one of them. */
  | { kind: 'sheet_in_doubt'; columns: Column[] };

interface TableOptions {
  defaultCountry?: CountryCode | undefined;
  choice: ReadingChoice;
  /** How an earlier reading found the file. */
  decided?: Pick<Layout, 'encoding' | 'delimiter' | 'sheet'> | null | undefined;
  /** Cuts off what is beyond the bounds of a list, instead of refusing it. */
  isCut?: boolean;
}

/** Enough to know a file by its beginning. */
const HEAD_BYTES = 4 * 1024;
/** The columns of all sheets together, as many as a person can choose from. */
const MAX_COLUMNS_SHOWN = 100;

/** Opens a text file or a workbook as one table. Throws `UnreadableSourceError`. */
export async function openTable(bytes: AsyncIterable<Uint8Array>, options: TableOptions): Promise<OpenTable> {
  await prepareCountryNames();
  const { head, whole } = await peek(bytes);
  const kind = sniffFile(head);
  if (kind === 'workbook') return openSheet(await readWorkbook(whole), options);
  if (kind !== 'text') throw new UnreadableSourceError(kind);
  return { kind: 'table', blocks: textBlocks(whole, options), otherColumns: [], close: () => {} };
}

async function* textBlocks(
  bytes: AsyncIterable<Uint8Array>,
  { defaultCountry, decided, isCut = false }: TableOptions,
): AsyncGenerator<TableBlock> {
  const { bound } = createRowBounds(isCut);
  let hasUnreadable = false;
  async function* watched(blocks: AsyncIterable<TextBlock>): AsyncGenerator<TextBlock> {
    for await (const block of blocks) {
      hasUnreadable ||= block.text.includes('\ufffd');
      yield block;
    }
  }
  const texts = watched(decodeText(bytes, defaultCountry, decided?.encoding ?? undefined));
  for await (const block of parseRows(texts, decided?.delimiter ?? undefined)) {
    yield { ...block, rows: bound(block.rows), sheet: null, hasUnreadable };
  }
}

/** The sheet that was chosen, or the only one with something like a number; the first where none has. */
async function openSheet(workbook: Workbook, options: TableOptions): Promise<OpenTable> {
  try {
    const { sheets } = workbook;
    const wanted = options.decided?.sheet?.index ?? options.choice.sheet;
    const chosen = sheets.find(({ index }) => index === wanted);
    const withNumbers = sheets.length === 1 ? [] : await listWithNumbers(workbook);
    if (!chosen && withNumbers.length > 1) {
      const columns = await columnsOfSheets(workbook, withNumbers, options);
      workbook.close();
      return { kind: 'sheet_in_doubt', columns };
    }
    const sheet = chosen ?? withNumbers[0] ?? sheets[0];
    if (!sheet) throw new UnreadableSourceError('no_rows');
    const others = withNumbers.filter(({ index }) => index !== sheet.index);
    return {
      kind: 'table',
      blocks: sheetBlocks(workbook, sheet, options),
      otherColumns: others.length > 0 ? await columnsOfSheets(workbook, others, options) : [],
      close: workbook.close,
    };
  } catch (error) {
    workbook.close();
    throw error;
  }
}

async function* sheetBlocks(
  workbook: Workbook,
  sheet: Sheet,
  { isCut = false }: TableOptions,
): AsyncGenerator<TableBlock> {
  const { bound } = createRowBounds(isCut);
  const how = { encoding: null, delimiter: null, sheet };
  for await (const block of workbook.rows(sheet.index)) {
    yield { ...block, ...how, rows: bound(block.rows), hasUnreadable: false };
  }
}

/** Reads each sheet up to its first number. */
async function listWithNumbers(workbook: Workbook): Promise<Sheet[]> {
  const found: Sheet[] = [];
  for (const sheet of workbook.sheets) {
    for await (const { rows } of workbook.rows(sheet.index)) {
      if (!rows.some(({ cells }) => cells.some(looksLikeNumber))) continue;
      found.push(sheet);
      break;
    }
  }
  return found;
}

async function columnsOfSheets(
  workbook: Workbook,
  sheets: Sheet[],
  options: TableOptions,
): Promise<Column[]> {
  const columns: Column[] = [];
  const each = Math.max(1, Math.floor(MAX_COLUMNS_SHOWN / sheets.length));
  for (const sheet of sheets) {
    for await (const block of sheetBlocks(workbook, sheet, options)) {
      const head = await layOutTable(block.rows, block, block.last, options);
      columns.push(...head.columns().slice(0, each));
      break;
    }
  }
  return columns.slice(0, MAX_COLUMNS_SHOWN);
}

/** The beginning of a file, and all of it once more. */
async function peek(bytes: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = [];
  const rest = bytes[Symbol.asyncIterator]();
  let length = 0;
  while (length < HEAD_BYTES) {
    const { value, done } = await rest.next();
    if (done) break;
    pieces.push(Uint8Array.from(value));
    length += value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* pieces;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { head: Buffer.concat(pieces).subarray(0, HEAD_BYTES), whole: whole() };
}
