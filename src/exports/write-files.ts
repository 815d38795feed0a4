import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { type ExportFile, saveExportFiles, writePiece } from '../batches/exporting/export-files.sql';
import { BYTE_ORDER_MARK, type CsvTable } from './csv';

/** The most of one file. A longer list is cut into several. */
export interface FileLimits {
  bytes: number;
  lines: number;
  /** Of all files together; `MAX_EXPORT_BYTES` without it. */
  allBytes?: number;
}

/** Small enough for a preview and for mail, and within the rows of a spreadsheet (1,048,576). */
export const FILE_LIMITS: FileLimits = { bytes: 50_000_000, lines: 1_000_000 };

/** Of all files of an export together: several times what a full batch with a wide list comes to. */
export const MAX_EXPORT_BYTES = 1024 ** 3;

const PIECE_BYTES = 1024 * 1024;

/**
 * Writes lines into files of the store, each with the head line and within the limits, a piece at a time: memory holds
 * one. Returns the files of this export, which can be found from now on: others, where another process has made them
 * meanwhile. An export that would be larger than all files may be ends with a line that says so.
 */
export async function writeFiles(
  db: Knex,
  { tenantId, key, missingFiles = [] }: { tenantId: string; key: string; missingFiles?: string[] },
  { headLine, blocks, endLine = '' }: CsvTable,
  limits = FILE_LIMITS,
): Promise<ExportFile[]> {
  const files: OpenFile[] = [];
  const head = Buffer.from(BYTE_ORDER_MARK + headLine);
  let allBytes = 0;
  for await (const block of blocks) {
    const content = Buffer.from(block.join(''));
    let file = files.at(-1);
    allBytes += content.length;
    if (file && allBytes > (limits.allBytes ?? MAX_EXPORT_BYTES)) {
      await file.write(Buffer.from(endLine));
      break;
    }
    if (!file || file.bytes + content.length > limits.bytes || file.lines + block.length > limits.lines) {
      await file?.end();
      file = openFile(db);
      await file.write(head);
      files.push(file);
    }
    await file.write(content);
    file.lines += block.length;
  }
  await files.at(-1)?.end();
  if (files.length === 0) return [];
  const made = files.map(({ id, bytes, lines, pieces }, index) => ({
    ...{ id, index, bytes, lines, pieces },
    missingFiles,
  }));
  return saveExportFiles(db, { tenantId, key }, made);
}

interface OpenFile {
  id: string;
  bytes: number;
  lines: number;
  pieces: number;
  write(content: Buffer): Promise<void>;
  end(): Promise<void>;
}

function openFile(db: Knex): OpenFile {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let written: Promise<void> = Promise.resolve();
  const file: OpenFile = {
    id: randomUUID(),
    bytes: 0,
    lines: 0,
    pieces: 0,
    async write(content) {
      waiting.push(content);
      waitingBytes += content.length;
      file.bytes += content.length;
      if (waitingBytes >= PIECE_BYTES) await flush(false);
    },
    end: () => flush(true),
  };
  /** Writes whole pieces; at the end of the file the rest too. The next lines are read while a piece is written. */
  async function flush(isEnd: boolean): Promise<void> {
    const content = Buffer.concat(waiting);
    let taken = 0;
    while (content.length - taken >= PIECE_BYTES || (isEnd && taken < content.length)) {
      const data = content.subarray(taken, taken + PIECE_BYTES);
      await written;
      written = writePiece(db, { fileId: file.id, ordinal: file.pieces, data });
      // It is thrown where it is waited for.
      written.catch(() => undefined);
      file.pieces += 1;
      taken += data.length;
    }
    waiting = [content.subarray(taken)];
    waitingBytes = content.length - taken;
    if (isEnd) await written;
  }
  return file;
}
