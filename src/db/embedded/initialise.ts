import { execFile } from 'node:child_process';
import { access, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors';
import { type Identity, SERVER_ENV } from './identify';
import type { Places } from './paths';

export const SUPERUSER = 'bulk_sms';
/** Seconds, as a rule; a slow disk takes its time to write the first 40 MB. */
const INITDB_TIMEOUT_MS = 120_000;

/**
 * Makes the cluster unless it exists. It gets its name only when it is complete and on the disk, so a start
 * that was killed half-way leaves nothing that the next one would take for a cluster.
 */
export async function initialiseCluster({
  native,
  places,
  identity,
  fsync,
}: InitialiseOptions): Promise<void> {
  if (await exists(places.cluster)) return;
  const draft = `${places.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const initdb = [path.join(native, 'bin/initdb'), '-D', draft, '-U', SUPERUSER, '--auth=trust'];
  // Whatever the system's language is: messages are stored in UTF8 and sorted the same everywhere.
  const words = [
    ...initdb,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-instructions',
    ...(fsync ? [] : ['--no-sync']),
  ];
  const [command = '', ...args] = [...identity.prefix, ...words];
  try {
    await promisify(execFile)(command, args, { env: SERVER_ENV, timeout: INITDB_TIMEOUT_MS, cwd: '/' });
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new DatabaseError(
      'server_not_started',
      `The database could not be made in ${places.base}: ${said}`,
      { cause },
    );
  }
  await rename(draft, places.cluster);
  if (fsync) await syncDirectory(places.base);
}

export interface InitialiseOptions {
  native: string;
  places: Places;
  identity: Identity;
  fsync: boolean;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  await handle.sync();
  await handle.close();
}
