import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Snapshot } from './snapshot';

const WRITE_AFTER_MS = 500;

/** Keeps a snapshot in a file. */
export interface SnapshotFile {
  /** Undefined when there is none yet. Throws for a file that is not a snapshot of this version. */
  read(): Snapshot | undefined;
  /** Something changed: the file is written within half a second. */
  touch(): void;
  /** Writes once more. */
  close(): void;
}

export function openSnapshotFile(path: string, take: () => Snapshot): SnapshotFile {
  let timer: NodeJS.Timeout | undefined;

  // Written beside and renamed, so that a kill in the middle leaves the file of before.
  function write(): void {
    writeFileSync(`${path}.new`, JSON.stringify(take()));
    renameSync(`${path}.new`, path);
  }

  // A disk that is full now must not end the demo: the next change tries again, and closing says what is wrong.
  function writeLater(): void {
    timer = undefined;
    try {
      write();
    } catch {
      return;
    }
  }

  return {
    read: () => readSnapshot(path),
    touch() {
      timer ??= setTimeout(writeLater, WRITE_AFTER_MS).unref();
    },
    close() {
      clearTimeout(timer);
      write();
    },
  };
}

function readSnapshot(path: string): Snapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  const snapshot = JSON.parse(text) as Partial<Snapshot>;
  if (snapshot.version !== 1)
    throw new Error('the state of the local Buka is of another version: remove its file');
  return snapshot as Snapshot;
}
