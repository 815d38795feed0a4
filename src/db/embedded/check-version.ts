import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors';
import { SERVER_ENV } from './choose-identity';
import type { EmbeddedPaths } from './paths';

/**
 * Throws DatabaseError `other_major_version` where the data was made by another major version of PostgreSQL than these
 * binaries: the server would refuse it, and names no way on. Nothing happens where there is no data yet.
 */
export async function checkVersion(native: string, { base, cluster }: EmbeddedPaths): Promise<void> {
  const ofData = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (ofData === '') return;
  const { stdout } = await promisify(execFile)(path.join(native, 'bin/postgres'), ['--version'], {
    env: SERVER_ENV,
    cwd: '/',
  });
  const ofBinaries = /\d+/.exec(stdout)?.[0];
  if (ofData === ofBinaries) return;
  throw new DatabaseError(
    'other_major_version',
    `The data in ${base} was made by PostgreSQL ${ofData}, and this bot brings PostgreSQL ${ofBinaries}, which cannot read it. Nothing was changed. Dump it with the version of the bot that made it, and restore it with this one: docs/OPERATIONS.md, "Another major version of PostgreSQL".`,
  );
}
