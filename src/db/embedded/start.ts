import type { Log } from '../../log';
import { endOrphan } from './end-orphan';
import { chooseIdentity, type Identity } from './identify';
import { initialiseCluster, SUPERUSER } from './initialise';
import { launchServer } from './launch';
import { findBinaries, prepareLibraries } from './locate';
import { claimDirectory } from './lock-directory';
import { arrangePlaces, giveAway, openSocketDir } from './paths';
import { keepServing } from './supervise';

export interface EmbeddedOptions {
  /** Where data lives. Made when it does not exist; the database takes the subdirectory `postgres`. */
  dataDir: string;
  /** False only in tests: a power cut may then lose the database. */
  fsync: boolean;
  log: Log;
  /** Only for tests: a system other than the one at hand. */
  system?: { nativeDir?: string; identities?: Identity[] };
}

export interface EmbeddedServer {
  /** For pg, graphile-worker and psql alike: the `host` parameter is the socket's directory. */
  connectionString: string;
  /** The absolute directory that holds the cluster, the socket and the server's log. */
  directory: string;
  /** Fast shutdown, within 7 s. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of our own on a data directory, and keeps it running until `stop`. When this
 * process dies by any means the server stops by itself. Throws DatabaseError.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { nativeDir, identities } = options.system ?? {};
  const source = nativeDir ?? findBinaries();
  const places = await arrangePlaces(options.dataDir);
  await openSocketDir(places);
  const claim = await claimDirectory(places);
  try {
    const strangerPid = await endOrphan(places.cluster);
    const native = await prepareLibraries(source, places.runtime);
    const identity = await chooseIdentity(native, places, identities);
    await giveAway(places, identity.uid);
    await initialiseCluster({ native, places, identity, fsync: options.fsync });
    const launch = () => launchServer({ native, places, identity, fsync: options.fsync, strangerPid });
    const keeper = await keepServing(launch, options.log);
    return {
      connectionString: `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(places.socketDir)}`,
      directory: places.base,
      stop: async () => {
        await keeper.stop();
        await claim.release();
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}
