import { randomUUID } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { DatabaseError } from '../errors';
import type { EmbeddedPaths } from './paths';

interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only owner of a data directory, by listening on a socket in it. The system closes the socket
 * with the process, however it dies, so this lock is never stale, as a file with a process id can be. Throws
 * DatabaseError `directory_in_use` while another process holds it.
 */
export async function lockDirectory({ lockSocket, base }: EmbeddedPaths): Promise<DirectoryLock> {
  for (;;) {
    const server = await listen(lockSocket);
    if (server) return { release: () => new Promise((done) => server.close(() => done())) };
    if (!(await moveAsideIfDead(lockSocket))) {
      throw new DatabaseError(
        'directory_in_use',
        `Another bot is running on the data in ${base}. Stop it first, or give this one a DATA_DIR of its own; for several processes on the same data, set DATABASE_URL to a PostgreSQL server.`,
      );
    }
  }
}

function listen(socket: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(socket, () => resolve(server));
  });
}

/**
 * Removes the socket of a dead owner; returns false where the owner is alive. It moves the socket before it decides: two
 * processes may start at once, and the second would otherwise remove the lock that the first has just made.
 */
async function moveAsideIfDead(socket: string): Promise<boolean> {
  if (await isOwned(socket)) return false;
  const aside = `${socket}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(socket, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const alive = await isOwned(aside);
  if (alive) await link(aside, socket);
  await rm(aside, { force: true });
  return !alive;
}

/** Whether a process listens on this socket. */
export function isOwned(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    // Only these two errors mean that no process listens.
    connection.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}
