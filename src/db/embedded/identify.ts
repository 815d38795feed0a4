import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors';
import type { Places } from './paths';

/** Whom the server runs as: the words to put before its command, and the owner that its files must have. */
export interface Identity {
  prefix: string[];
  uid: number;
}

/** No variable of the bot's reaches the server: LANG, PGDATA and their like would change what it does. */
export const SERVER_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** `nobody`, on every system that has the tools below. */
const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root, and a root's home is closed to everybody else. Two ways around that
 * leave the system's users and the place of the data alone. This one is a user namespace, in which root's
 * files belong to `nobody`, and so does the server.
 */
export const IN_NAMESPACE: Identity = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
  uid: 0,
};

/**
 * Where namespaces are forbidden (in most containers): the server as `nobody`, with the one capability that
 * lets it pass closed directories. `no_setuid_fixup` makes access(2) respect that capability.
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
  places: Places,
  candidates: Identity[] = [IN_NAMESPACE, AS_NOBODY],
): Promise<Identity> {
  const uid = process.getuid?.() ?? NOBODY;
  if (uid !== 0) return { prefix: [], uid };
  const faults: unknown[] = [];
  for (const candidate of candidates) {
    const fault = await tryIdentity(candidate, native, places);
    if (fault === null) return candidate;
    faults.push(fault);
  }
  throw new DatabaseError(
    'server_not_started',
    'PostgreSQL does not run as root, and this system lets root neither make a user namespace (unshare) nor change user (setpriv). Start the bot as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
    { cause: new AggregateError(faults) },
  );
}

/** Null when it works. Asked of the directory above the data, which need not have changed hands yet. */
async function tryIdentity(identity: Identity, native: string, { base }: Places): Promise<unknown> {
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
