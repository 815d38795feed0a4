import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SOURCE = path.resolve(__dirname, '../page');
const LOCK_FILE = path.resolve(__dirname, '../../package-lock.json');

/** Builds the page into `directory`, in one or two seconds. Does nothing if it was built from the same source. */
export async function buildPage(directory: string): Promise<void> {
  const stamp = path.join(directory, '.built-from');
  const source = await fingerprint();
  if ((await readIfThere(stamp)) === source) return;
  const { build } = await import('vite');
  await build({ root: SOURCE, logLevel: 'warn', build: { outDir: directory, emptyOutDir: true } });
  await writeFile(stamp, source);
}

/** A hash of every file of the page and of the versions it is built with. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(SOURCE, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((file) => path.join(file.parentPath, file.name));
  for (const file of [LOCK_FILE, ...files.sort()]) {
    hash.update(`${path.relative(SOURCE, file)}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
