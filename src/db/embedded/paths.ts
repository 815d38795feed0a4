import { createHash } from 'node:crypto';
import { chmod, lchown, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../errors';

/** The paths of one embedded server; all absolute. */
export interface EmbeddedPaths {
  /** `<dataDir>/postgres`, mode 0700. */
  base: string;
  /** The cluster itself: PostgreSQL's own data directory. */
  cluster: string;
  /** A copy of the binaries, only where those in node_modules cannot be used as they are. */
  runtime: string;
  /** Mode 0700: a process that can enter it needs no password. */
  socketDir: string;
  /** Answers while the process that owns the directory is alive. */
  lockSocket: string;
  logFile: string;
}

/** `sun_path` holds 107 bytes on Linux and 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = 103;

/** Makes the database's directory under the data directory, and returns the paths in it. Throws DatabaseError. */
export async function preparePaths(dataDir: string): Promise<EmbeddedPaths> {
  const wanted = path.resolve(dataDir, 'postgres');
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    // There is no password, so other users who may enter the directory could use the database.
    await chmod(wanted, 0o700);
  } catch (error) {
    throw new DatabaseError(
      'directory_not_usable',
      `The database cannot be kept in ${wanted}: ${(error as Error).message}. Set DATA_DIR to a directory that this user may write.`,
      { cause: error },
    );
  }
  // Resolved, so that two names of one directory lead to one lock.
  const base = await realpath(wanted);
  const socketDir = socketDirFor(base);
  return {
    base,
    cluster: path.join(base, 'cluster'),
    runtime: path.join(base, 'runtime'),
    socketDir,
    lockSocket: path.join(socketDir, 'owner'),
    logFile: path.join(base, 'server.log'),
  };
}

/** Beside the data, unless that path is too long for a socket; then always the same short one for this data. */
function socketDirFor(base: string): string {
  const beside = path.join(base, 'socket');
  if (Buffer.byteLength(path.join(beside, '.s.PGSQL.5432')) <= MAX_SOCKET_PATH_BYTES) return beside;
  return path.join('/tmp', `bulk-sms-${createHash('sha256').update(base).digest('hex').slice(0, 20)}`);
}

/**
 * Makes the socket's directory, or verifies the one that exists: every user may write to `/tmp`, and a directory of this
 * name made by another user would let that user pose as our database. Throws DatabaseError.
 */
export async function makeSocketDir({ socketDir, base }: EmbeddedPaths): Promise<void> {
  await mkdir(socketDir, { mode: 0o700 }).catch(ignoreExisting);
  const [found, own] = await Promise.all([lstat(socketDir), lstat(base)]);
  const trusted = found.uid === own.uid || found.uid === process.getuid?.();
  if (found.isDirectory() && trusted && (found.mode & 0o077) === 0) return;
  throw new DatabaseError(
    'directory_not_usable',
    `${socketDir} is not a private directory of this user. Remove it, or set DATA_DIR to a shorter path.`,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/**
 * PostgreSQL must own its files. Where the bot runs as root, PostgreSQL runs as another user, not always the same (see
 * `choose-identity.ts`): files that an earlier start gave to another user get the owner of this start.
 */
export async function changeOwner({ base, socketDir }: EmbeddedPaths, uid: number): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const top of [base, socketDir]) {
    if ((await lstat(top)).uid === uid) continue;
    const inside = await readdir(top, { recursive: true });
    for (const entry of inside) await lchown(path.join(top, entry), uid, uid);
    // Last, so that after a start that was killed half-way, the next one does all of it again.
    await lchown(top, uid, uid);
  }
}
