import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the version before kept the key: in the folder that is backed up, beside what it seals. */
const FORMER_NAME = 'development-encryption-key';
/** Says which key is this folder's. It is no secret, and moves and is copied with the data. */
const ID_NAME = 'key-id';
const ID = /^[0-9a-f]{32}$/;

/** Two different keys are there for one folder of data, and only a person can say which one counts. */
export class TwoKeys extends Error {
  readonly code = 'two_keys';
  constructor(former: string, path: string) {
    super(
      `Two different keys are there for the same data: ${former} and ${path}. Nothing was changed. Move the one that was not used last to another place, and start again.`,
    );
    this.name = 'TwoKeys';
  }
}

/**
 * The key for a machine on which none is configured, and the file that it is in: created once, readable by its owner only,
 * and not in the data directory, so that a copy of the data is not a copy of the key. A key that the version before has put
 * there is moved. Several data directories have a key each. Throws TwoKeys, and what the file system says.
 */
export async function developmentKey({
  dataDir,
  keyDir,
}: {
  dataDir: string;
  keyDir: string;
}): Promise<{ key: Buffer; path: string }> {
  await mkdir(dataDir, { recursive: true });
  await mkdir(keyDir, { recursive: true, mode: 0o700 });
  const id = await createOnce(join(dataDir, ID_NAME), randomBytes(16).toString('hex'));
  if (!ID.test(id)) throw new Error(`${join(dataDir, ID_NAME)} does not hold the id that was written there.`);
  const path = join(resolve(keyDir), `${id}.key`);
  const former = join(dataDir, FORMER_NAME);
  const moved = await readIfThere(former);
  const text = await createOnce(path, moved ?? randomBytes(32).toString('hex'));
  if (moved !== null) {
    if (text !== moved) throw new TwoKeys(former, path);
    await unlink(former).catch(unlessGone);
  }
  await chmod(path, 0o600);
  return { key: Buffer.from(text, 'hex'), path };
}

/** The file's content: this text, unless there was another before. On the disk when it returns. */
async function createOnce(path: string, text: string): Promise<string> {
  const there = await readIfThere(path);
  if (there !== null) return there;
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  // link() is atomic and fails if the file exists: a second process takes the first one's.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  await flushDirectory(resolve(path, '..'));
  return (await readFile(path, 'utf8')).trim();
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      unlessGone(error);
      return null;
    },
  );
}

/** The name of a new file outlives a power cut only when its folder was written too. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  await directory.sync();
  await directory.close();
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
