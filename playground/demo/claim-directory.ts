import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DemoError } from './demo-error';

/**
 * Makes this process the only demo of a directory. Empties the directory first if asked. Returns a function that
 * releases the directory. Throws DemoError `directory_in_use` while another demo uses it.
 */
export async function claimDirectory(directory: string, reset: boolean): Promise<() => Promise<void>> {
  const claim = path.join(directory, 'demo.pid');
  const owner = await readOwner(claim);
  if (owner !== null && isAlive(owner)) {
    throw new DemoError(
      'directory_in_use',
      `A demo is running on ${directory} already (process ${owner}). Stop it first, or give this one a DATA_DIR of its own. If that process is something else, remove ${claim}.`,
    );
  }
  if (reset) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(claim, String(process.pid));
  return () => rm(claim, { force: true });
}

async function readOwner(claim: string): Promise<number | null> {
  try {
    return Number(await readFile(claim, 'utf8')) || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
