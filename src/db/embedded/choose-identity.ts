import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors';
import type { EmbeddedPaths } from './paths';

/** The user that the server runs as: the words to put before its command, and the owner that its files must have. */
export interface Identity {
  prefix: string[];
  uid: number;
}

/** The bot's own environment does not reach the server: LANG, PGDATA and the like would change what it does. */
export const SERVER_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** `nobody`, on every system that has the tools below. */
const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root, and root's home is closed to all other users. Two solutions need no new user and do
 * not move the data. This is the first: a user namespace, in which root's files belong to `nobody`, and the server runs
 * as `nobody`.
 */
export const IN_NAMESPACE: Identity = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  uid: 0,
};

/**
 * The second, for systems that forbid namespaces (most containers do): the server runs as `nobody`, with the one
 * capability that lets it enter closed directories. `no_setuid_fixup` makes access(2) respect that capability.
 */
export const AS_NOBODY: Identity = {
  prefix: [
    'setpriv',
    `--reuid=${NOBODY}`,
    `--regid=${NOBODY}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
    '--',
  ],
  uid: NOBODY,
};

/** The first identity under which the binaries run and the data can be reached. Throws DatabaseError. */
export async function chooseIdentity(
  native: string,
  paths: EmbeddedPaths,
  candidates: Identity[] = [IN_NAMESPACE, AS_NOBODY],
): Promise<Identity> {
  const uid = process.getuid?.() ?? NOBODY;
  if (uid !== 0) return { prefix: [], uid };
  const faults: unknown[] = [];
  for (const candidate of candidates) {
    const fault = await tryIdentity(candidate, native, paths);
    if (fault === null) return candidate;
    faults.push(fault);
  }
  throw new DatabaseError(
    'server_not_started',
    'PostgreSQL does not run as root, and this system lets root neither make a user namespace (unshare) nor change user (setpriv). Start the bot as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
    { cause: new AggregateError(faults) },
  );
}

/** Null where it works, else the error. Tests the directory above the data: the data may not have its new owner yet. */
async function tryIdentity(identity: Identity, native: string, { base }: EmbeddedPaths): Promise<unknown> {
  const script = 'test -x "$1" && exec "$2" --version';
  const shell = ['/bin/sh', '-c', script, 'sh', path.dirname(base), path.join(native, 'bin/postgres')];
  const [command = '', ...words] = [...identity.prefix, ...shell];
  try {
    await promisify(execFile)(command, words, { env: SERVER_ENV, timeout: 10_000 });
    return null;
  } catch (error) {
    return error;
  }
}
