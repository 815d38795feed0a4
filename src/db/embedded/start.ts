import type { Log } from '../../log';
import { supervise } from '../../supervise';
import { addressOf } from './address';
import { checkVersion } from './check-version';
import { chooseIdentity, type Identity } from './choose-identity';
import { endOrphan } from './end-orphan';
import { findBinaries, prepareLibraries } from './find-binaries';
import { initialiseCluster } from './initialise';
import { launchServer } from './launch';
import { lockDirectory } from './lock-directory';
import { changeOwner, makeSocketDir, preparePaths } from './paths';

export interface EmbeddedOptions {
  /** Where data is kept. Made where it does not exist; the database takes the subdirectory `postgres`. */
  dataDir: string;
  /** False only in tests: a power cut may then destroy the database. */
  fsync: boolean;
  log: Log;
  /** Only for tests: other binaries, other identities. */
  system?: { nativeDir?: string; identities?: Identity[] };
}

interface EmbeddedServer {
  /** For pg, graphile-worker and psql alike: the `host` parameter is the socket's directory. */
  connectionString: string;
  /** The absolute directory that holds the cluster, the socket and the server's log. */
  directory: string;
  /** Fast shutdown, within 7 s. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of our own on a data directory, and keeps it running until `stop`. When this process
 * dies, for any reason, the server stops by itself. Throws DatabaseError.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { nativeDir, identities } = options.system ?? {};
  const source = nativeDir ?? findBinaries();
  const paths = await preparePaths(options.dataDir);
  await makeSocketDir(paths);
  const lock = await lockDirectory(paths);
  try {
    const reusedPid = await endOrphan(paths.cluster);
    const native = await prepareLibraries(source, paths.runtime);
    await checkVersion(native, paths);
    const identity = await chooseIdentity(native, paths, identities);
    await changeOwner(paths, identity.uid);
    await initialiseCluster({ native, paths, identity, fsync: options.fsync });
    const launch = () => launchServer({ native, paths, identity, fsync: options.fsync, reusedPid });
    // Without it nothing works.
    const levels = { failedStartLevel: 'error' } as const;
    const server = await supervise('The embedded database', launch, options.log, levels);
    return {
      connectionString: addressOf(paths.socketDir),
      directory: paths.base,
      stop: async () => {
        await server.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
