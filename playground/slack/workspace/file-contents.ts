import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of files, by the file's id. */
export interface FileContents {
  put(id: string, content: Buffer): void;
  /** Null if no file has that id. */
  get(id: string): Buffer | null;
}

/**
 * With a directory, each content is a file in it and outlives a run. Without a directory it is in memory. It is
 * written at once, before anybody learns its id: a kill loses no file that the app knows of.
 */
export function openFileContents(directory: string | undefined): FileContents {
  return directory ? onDisk(directory) : inMemory();
}

function inMemory(): FileContents {
  const contents = new Map<string, Buffer>();
  return {
    put: (id, content) => void contents.set(id, content),
    get: (id) => contents.get(id) ?? null,
  };
}

function onDisk(directory: string): FileContents {
  mkdirSync(directory, { recursive: true });
  // Our ids are capitals and digits. Any other id is not one of our files.
  const pathOf = (id: string) => join(directory, id.replace(/[^A-Z0-9]/g, '_'));
  return {
    put: (id, content) => writeFileSync(pathOf(id), content),
    get: (id) => {
      try {
        return readFileSync(pathOf(id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}
