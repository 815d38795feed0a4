import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { MAX_ENTRIES, MAX_UNPACKED_BYTES } from '../../bounds';
import { UnreadableSourceError } from '../unreadable-source';

export interface Zip {
  /**
   * The unpacked bytes of an entry; null where there is none. `maxBytes`: of this entry, where that is less than all may
   * have together; an entry that is read again counts once. Opening and reading throw `UnreadableSourceError`.
   */
  open(name: string, maxBytes?: number): Promise<AsyncIterable<Buffer> | null>;
  /** How many bytes an entry has, as the zip says; 0 where there is none. */
  claimedBytes(name: string): number;
  close(): void;
}

/** Opens a zip in memory, within bounds. Throws `UnreadableSourceError`. */
export async function openZip(file: Buffer): Promise<Zip> {
  const zip = await orDamaged(
    new Promise<ZipFile>((resolve, reject) => {
      fromBuffer(file, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened)));
    }),
  );
  if (zip.entryCount > MAX_ENTRIES) throw new UnreadableSourceError('workbook_too_large');
  const entries = await orDamaged(listEntries(zip));
  const unpacked = new Map<Entry, number>();
  let unpackedInAll = 0;

  function isWithinBounds(entry: Entry, bytes: number, maxBytes: number): boolean {
    if (bytes > maxBytes) return false;
    const more = bytes - (unpacked.get(entry) ?? 0);
    if (more <= 0) return true;
    unpacked.set(entry, bytes);
    unpackedInAll += more;
    return unpackedInAll <= MAX_UNPACKED_BYTES;
  }

  return {
    async open(name, maxBytes = MAX_UNPACKED_BYTES) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) return null;
      if (entry.uncompressedSize > maxBytes) throw new UnreadableSourceError('workbook_too_large');
      const stream = await orDamaged(openStream(zip, entry));
      return checked(stream, entry, (bytes) => isWithinBounds(entry, bytes, maxBytes));
    },
    claimedBytes: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    close: () => zip.close(),
  };
}

/** Names in a zip do not tell upper from lower case for the programs that write workbooks. */
function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** Fails for an entry that is encrypted, or packed by a method that workbooks do not use. */
function openStream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

/**
 * Counts what is unpacked, not what the zip says of itself. Compares the checksum at the end: a digit that was damaged
 * on the way is another person's number.
 */
async function* checked(
  stream: Readable,
  entry: Entry,
  isWithinBounds: (bytes: number) => boolean,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let checksum = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      bytes += piece.length;
      checksum = crc32(piece, checksum);
      if (!isWithinBounds(bytes)) throw new UnreadableSourceError('workbook_too_large');
      yield piece;
    }
  } catch (error) {
    throw error instanceof UnreadableSourceError ? error : new UnreadableSourceError('damaged_workbook');
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) throw new UnreadableSourceError('damaged_workbook');
}

async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new UnreadableSourceError('damaged_workbook');
  }
}
