import { createHash } from 'node:crypto';
import { chmod, lchown, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../errors';

/** Where everything of one embedded server is; all absolute. */
export interface Places {
  /** `<dataDir>/postgres`, mode 0700. */
  base: string;
  /** The cluster itself: PostgreSQL's own data directory. */
  cluster: string;
  /** A copy of the binaries, only where those in node_modules cannot be used as they are. */
  runtime: string;
  /** Mode 0700: who can enter it is let in without a password. */
  socketDir: string;
  /** Answers while the process that owns the directory lives. */
  claimSocket: string;
  logFile: string;
}

/** `sun_path` holds 107 bytes on Linux and 103 on macOS. */
const MAX_SOCKET_PATH_BYTES = 103;

/** Makes the database's directory under the data directory and names what goes into it. */
export async function arrangePlaces(dataDir: string): Promise<Places> {
  const wanted = path.resolve(dataDir, 'postgres');
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    // A database in a directory that others may enter would be open to them: there is no password.
    await chmod(wanted, 0o700);
  } catch (error) {
    throw new DatabaseError(
      'directory_not_usable',
      `The database cannot be kept in ${wanted}: ${(error as Error).message}. Set DATA_DIR to a directory that this user may write.`,
      { cause: error },
    );
  }
  // Resolved, so that two names of one directory lead to one claim.
  const base = await realpath(wanted);
  const socketDir = socketDirFor(base);
  return {
    base,
    cluster: path.join(base, 'cluster'),
    runtime: path.join(base, 'runtime'),
    socketDir,
    claimSocket: path.join(socketDir, 'owner'),
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
 * Makes the socket's directory, or verifies the one that is there: `/tmp` is everybody's, and a stranger's
 * directory of the same name would let the stranger pose as our database.
 */
export async function openSocketDir({ socketDir, base }: Places): Promise<void> {
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
 * PostgreSQL wants to own what it serves. As root it runs under another user, not always the same (see
 * `identify.ts`), so what an earlier start left to another one changes hands.
 */
export async function giveAway({ base, socketDir }: Places, uid: number): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const top of [base, socketDir]) {
    if ((await lstat(top)).uid === uid) continue;
    const inside = await readdir(top, { recursive: true });
    for (const entry of inside) await lchown(path.join(top, entry), uid, uid);
    // Last, so that a start that is killed half-way does it all again.
    await lchown(top, uid, uid);
  }
}
