import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const WRITE_AFTER_MS = 500;

/** Writes the state of a stand-in to a file as JSON. */
export interface StateFile {
  /** Call it when the state has changed: the file is written within half a second. */
  touch(): void;
  /** Writes a last time; a second call writes nothing. Rejects if the file cannot be written. */
  close(): Promise<void>;
}

/** `takeSnapshot` is called at every write. The folder is made if it is missing. */
export function openStateFile(path: string, takeSnapshot: () => unknown): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  // One write at a time, since all of them use the same temporary file.
  function writeNow(): Promise<void> {
    timer = undefined;
    const written = writing.then(() => write(path, takeSnapshot()));
    writing = written.catch(() => {});
    return written;
  }

  // A full disk must not end the demo. The next change tries again, and close() throws the error.
  function writeLater(): void {
    writeNow().catch(() => {});
  }

  return {
    touch() {
      if (!closing) timer ??= setTimeout(writeLater, WRITE_AFTER_MS).unref();
    },
    close() {
      clearTimeout(timer);
      closing ??= writeNow();
      return closing;
    },
  };
}

/**
 * The parsed JSON of the file, or undefined if there is no file yet. `reviver` is that of JSON.parse. Throws if the
 * file cannot be read or is not JSON.
 */
export async function readStateFile(
  path: string,
  reviver?: (key: string, value: unknown) => unknown,
): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'), reviver);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a temporary file and renames it: a crash during the write leaves the old state complete. */
async function write(path: string, state: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(state));
  await rename(`${path}.new`, path);
}
