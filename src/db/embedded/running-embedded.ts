import { access } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError } from '../errors';
import { addressOf } from './address';
import { isOwned } from './lock-directory';
import { preparePaths } from './paths';

/**
 * The connection string of the embedded server which a running bot keeps on this data; null where no bot runs. Throws
 * DatabaseError where there is no data.
 */
export async function runningEmbedded(dataDir: string): Promise<string | null> {
  const directory = path.resolve(dataDir);
  await access(path.join(directory, 'postgres', 'cluster')).catch((cause: unknown) => {
    throw new DatabaseError(
      'directory_not_usable',
      `There is no data of a bot in ${directory}, or this user may not read it. Set DATA_DIR to the bot's, or DATABASE_URL to its database.`,
      { cause },
    );
  });
  const { lockSocket, socketDir } = await preparePaths(dataDir);
  return (await isOwned(lockSocket)) ? addressOf(socketDir) : null;
}
