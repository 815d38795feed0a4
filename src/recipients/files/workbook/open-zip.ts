import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { UnreadableSourceError } from '../unreadable-source';

const MAX_ENTRIES = 1_000;
/** Of all entries that are read together: a small zip may unpack to anything. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

export interface Zip {
  has(name: string): boolean;
  /** The unpacked bytes of an entry; null where there is none. Reading throws `UnreadableSourceError`. */
  open(name: string): Promise<AsyncIterable<Buffer> | null>;
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
  /** By entry: a sheet may be read more than once. */
  const unpacked = new Map<string, number>();
  return {
    has: (name) => entries.has(name.toLowerCase()),
    async open(name) {
      const entry = entries.get(name.toLowerCase());
      if (!entry) return null;
      // Bit 0: encrypted.
      if ((entry.generalPurposeBitFlag & 1) === 1) throw new UnreadableSourceError('damaged_workbook');
      const stream = await orDamaged(openStream(zip, entry));
      return bounded(stream, (bytes) => {
        unpacked.set(entry.fileName, Math.max(bytes, unpacked.get(entry.fileName) ?? 0));
        return [...unpacked.values()].reduce((sum, each) => sum + each, 0) <= MAX_UNPACKED_BYTES;
      });
    },
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

function openStream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

/** Counts what is unpacked, not what the zip says of itself. */
async function* bounded(stream: Readable, isWithin: (bytes: number) => boolean): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of stream) {
      bytes += (piece as Buffer).length;
      if (!isWithin(bytes)) throw new UnreadableSourceError('workbook_too_large');
      yield piece as Buffer;
    }
  } catch (error) {
    throw error instanceof UnreadableSourceError ? error : new UnreadableSourceError('damaged_workbook');
  } finally {
    stream.destroy();
  }
}

async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new UnreadableSourceError('damaged_workbook');
  }
}
