import { MAX_STYLES_BYTES, MAX_WORKBOOK_BYTES } from '../../bounds';
import type { Sheet } from '../../recipient';
import type { Row } from '../split-records';
import { UnreadableSourceError } from '../unreadable-source';
import { listParts } from './list-parts';
import { type NumberFormat, readNumberFormats } from './number-formats';
import { openZip, type Zip } from './open-zip';
import { readSheet } from './read-sheet';
import { refuseDamaged } from './read-xml';
import { NO_STRINGS, readSharedStrings, type SharedStrings } from './shared-strings';

/** An .xlsx workbook (ECMA-376, part 1). */
export interface Workbook {
  /** The sheets that are not hidden, in their order. Their index counts the hidden ones, too. */
  sheets: Sheet[];
  /**
   * The rows of a sheet that are not blank, in blocks of a thousand; no block where there is none. `line` is the number
   * that the spreadsheet shows, `bytesRead` a share of the file's bytes. Throws `UnreadableSourceError`.
   */
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
    const { sheets, ...parts } = await listParts(zip);
    const strings = await readPart(zip, parts.strings, readSharedStrings, NO_STRINGS);
    const formats = await readPart<NumberFormat[]>(
      zip,
      parts.styles,
      readNumberFormats,
      [],
      MAX_STYLES_BYTES,
    );
    const pathOf = (wanted: number) => sheets.find(({ index }) => index === wanted)?.path ?? '';
    return {
      sheets: sheets.map(({ index, name }) => ({ index, name })),
      rows: (index) => readRows(zip, pathOf(index), strings, formats, file.length),
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
  const pieces = (await zip.open(path)) ?? refuseDamaged();
  let unpacked = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      unpacked += piece.length;
      yield piece;
    }
  }
  const claimed = Math.max(1, zip.claimedBytes(path));
  let hasRows = false;
  for await (const block of readSheet(counted(), strings, formats)) {
    hasRows ||= block.rows.length > 0;
    const share = block.last ? 1 : Math.min(1, unpacked / claimed);
    if (hasRows) yield { ...block, bytesRead: Math.floor(fileBytes * share) };
  }
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_WORKBOOK_BYTES) throw new UnreadableSourceError('workbook_too_large');
    // The sender may use its own buffer again.
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces, length);
}

async function readPart<T>(
  zip: Zip,
  path: string | null,
  read: (pieces: AsyncIterable<Buffer>) => Promise<T>,
  otherwise: T,
  maxBytes?: number,
): Promise<T> {
  if (path === null) return otherwise;
  return read((await zip.open(path, maxBytes)) ?? refuseDamaged());
}
