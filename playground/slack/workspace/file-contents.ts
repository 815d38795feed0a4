import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of files, by the file's id. */
export interface FileContents {
  put(id: string, content: Buffer): void;
  /** Null when there is none of that id. */
  get(id: string): Buffer | null;
}

/**
 * In a directory, a file each, so that they outlive a run; without one in memory. Written before the id is told to
 * anybody, and at once: a kill loses no file that the app knows of.
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
  // Ids are our own capitals and digits; whatever else is asked for is no file of ours.
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
