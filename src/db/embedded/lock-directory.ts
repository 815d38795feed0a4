import { randomUUID } from 'node:crypto';
import { link, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { DatabaseError } from '../errors';
import type { Places } from './paths';

export interface Claim {
  release(): Promise<void>;
}

/**
 * Makes this process the one owner of a data directory, by listening on a socket in it: the system closes
 * the socket with the process, however it dies, so a claim is never stale as a file with a process id is.
 * Throws DatabaseError `directory_in_use` while another process has it.
 */
export async function claimDirectory({ claimSocket, base }: Places): Promise<Claim> {
  for (;;) {
    const server = await listen(claimSocket);
    if (server) return { release: () => new Promise((done) => server.close(() => done())) };
    if (!(await setAsideIfDead(claimSocket))) {
      throw new DatabaseError(
        'directory_in_use',
        `Another bot is running on the data in ${base}. Stop it first, or give this one a DATA_DIR of its own; for several processes on the same data, set DATABASE_URL to a PostgreSQL server.`,
      );
    }
  }
}

function listen(socket: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => visitor.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(socket, () => resolve(server));
  });
}

/**
 * Removes the socket of a dead owner; false when the owner lives. It is moved before it is judged, since two
 * starters may find it at once, and the second would otherwise remove the claim that the first just made.
 */
async function setAsideIfDead(socket: string): Promise<boolean> {
  if (await answers(socket)) return false;
  const aside = `${socket}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(socket, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const alive = await answers(aside);
  if (alive) await link(aside, socket);
  await rm(aside, { force: true });
  return !alive;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const visit = connect(socket);
    visit.once('connect', () => {
      visit.destroy();
      resolve(true);
    });
    // Only these two say that nobody is there.
    visit.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}
