import { posix } from 'node:path';
import type { Sheet } from '../../recipient';
import type { Row } from '../split-records';
import { UnreadableSourceError } from '../unreadable-source';
import { type NumberFormat, readNumberFormats } from './number-formats';
import { openZip, type Zip } from './open-zip';
import { readSheet } from './read-sheet';
import { attribute, readWholeXml } from './read-xml';
import { NO_STRINGS, readSharedStrings, type SharedStrings } from './shared-strings';

/** A zip is read from its end, so the file is kept in memory as it is. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;
const WORKBOOK = 'xl/workbook.xml';

/** An .xlsx workbook (ECMA-376, part 1). */
export interface Workbook {
  /** The sheets that are not hidden, in their order. Their index counts the hidden ones, too. */
  sheets: Sheet[];
  /** The rows of a sheet that are not blank. `line` is the number that the spreadsheet shows. */
  rows(sheet: number): AsyncGenerator<{ rows: Row[]; bytesRead: number; last: boolean }>;
  close(): void;
}

/**
 * Opens a workbook. Memory holds the file and its texts, not its rows. Throws `UnreadableSourceError` for a zip of
 * something else, for one that is damaged, encrypted or too large.
 */
export async function readWorkbook(bytes: AsyncIterable<Uint8Array>): Promise<Workbook> {
  const file = await readAll(bytes);
  const zip = await openZip(file);
  try {
    const sheets = await listSheets(zip);
    const strings = await readPart(zip, 'xl/sharedStrings.xml', readSharedStrings, NO_STRINGS);
    const formats = await readPart<NumberFormat[]>(zip, 'xl/styles.xml', readNumberFormats, []);
    return {
      sheets: sheets.filter(({ isHidden }) => !isHidden).map(({ index, name }) => ({ index, name })),
      rows: (index) => readRows(zip, sheets[index]?.path ?? '', strings, formats, file.length),
      close: zip.close,
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function* readRows(
  zip: Zip,
  path: string,
  strings: SharedStrings,
  formats: NumberFormat[],
  fileBytes: number,
): ReturnType<Workbook['rows']> {
  const pieces = await zip.open(path);
  if (!pieces) throw new UnreadableSourceError('damaged_workbook');
  let hasRows = false;
  for await (const block of readSheet(pieces, strings, formats)) {
    hasRows ||= block.rows.length > 0;
    if (hasRows) yield { ...block, bytesRead: block.last ? fileBytes : 0 };
  }
  if (!hasRows) throw new UnreadableSourceError('empty');
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_FILE_BYTES) throw new UnreadableSourceError('workbook_too_large');
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces);
}

interface SheetPart extends Sheet {
  path: string;
  isHidden: boolean;
}

/** Other zips (ods, numbers, docx, xlsb) have no such part. */
async function listSheets(zip: Zip): Promise<SheetPart[]> {
  const workbook = await zip.open(WORKBOOK);
  if (!workbook) throw new UnreadableSourceError('spreadsheet');
  const found: { name: string; id: string; isHidden: boolean }[] = [];
  await readWholeXml(workbook, {
    open(name, attributes) {
      if (name !== 'sheet') return;
      const { name: sheetName = '', state = '' } = attributes;
      found.push({
        name: sheetName,
        id: attribute(attributes, 'id') ?? '',
        isHidden: state.includes('idden'),
      });
    },
  });
  const targets = await readPart(zip, 'xl/_rels/workbook.xml.rels', readTargets, new Map<string, string>());
  return found.map(({ name, id, isHidden }, index) => {
    const path = targets.get(id) ?? `worksheets/sheet${index + 1}.xml`;
    return { index, name, isHidden, path: path.startsWith('/') ? path.slice(1) : posix.join('xl', path) };
  });
}

async function readTargets(pieces: AsyncIterable<Buffer>): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readWholeXml(pieces, {
    open(name, { Id = '', Target = '' }) {
      if (name === 'Relationship') targets.set(Id, Target);
    },
  });
  return targets;
}

async function readPart<T>(
  zip: Zip,
  name: string,
  read: (pieces: AsyncIterable<Buffer>) => Promise<T>,
  otherwise: T,
): Promise<T> {
  const pieces = await zip.open(name);
  return pieces ? read(pieces) : otherwise;
}
