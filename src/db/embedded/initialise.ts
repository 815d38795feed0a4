import { execFile } from 'node:child_process';
import { access, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors';
import { type Identity, SERVER_ENV } from './choose-identity';
import type { EmbeddedPaths } from './paths';

export const SUPERUSER = 'bulk_sms';
/** It takes seconds; more on a slow disk, because it writes 40 MB. */
const INITDB_TIMEOUT_MS = 120_000;

/**
 * Makes the cluster unless it exists. It gets its name only when it is complete and on the disk, so that a start that
 * is killed half-way leaves nothing that the next start would mistake for a cluster. Throws DatabaseError.
 */
export async function initialiseCluster({
  native,
  paths,
  identity,
  fsync,
}: InitialiseOptions): Promise<void> {
  if (await exists(paths.cluster)) return;
  const draft = `${paths.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  const initdb = [path.join(native, 'bin/initdb'), '-D', draft, '-U', SUPERUSER, '--auth=trust'];
  // Whatever the system's language is: texts are stored in UTF8 and sorted the same everywhere.
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
      `The database could not be made in ${paths.base}: ${said}`,
      { cause },
    );
  }
  await rename(draft, paths.cluster);
  if (fsync) await syncDirectory(paths.base);
}

interface InitialiseOptions {
  native: string;
  paths: EmbeddedPaths;
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
