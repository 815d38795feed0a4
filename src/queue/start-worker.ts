import type { Pool as Connections } from 'pg';
import type { WorkerLiveness } from '../db/worker-liveness';
import type { Log } from '../log';
import { type Supervisor, supervise } from '../supervise';
import type { JobHandlers } from './jobs';
import { createLibraryLog } from './library-log';
import { openConnections } from './open-connections';
import { JOBS_AT_ONCE, kindsOf, POOL_NAMES, type PoolName } from './pools';
import { type Pool, startPool } from './start-pool';
import { createTaskList } from './task-list';

/**
 * This folder is all that knows the queue library. graphile-worker is pinned to one version, because `enqueue`,
 * `repair-jobs` and `settle-dead-workers` use its private tables.
 */
export interface Worker {
  /** Resolves when the running jobs have ended; no new ones are taken. */
  stop(): Promise<void>;
  /** Those that have not ended when nobody waits any more are left to the next process. */
  leaveJobs(): Promise<void>;
  /** False once a part of the worker has died. */
  alive(): boolean;
}

interface WorkerOptions {
  connectionString: string;
  handlers: JobHandlers;
  /** Holds the names under which this process takes jobs. */
  liveness: Pick<WorkerLiveness, 'hold'>;
  /** Jobs of kind `submit-chunk` at once in this process. */
  submitConcurrency: number;
  log: Log;
}

/** Connections besides one that listens for each pool. A statement of the queue takes a millisecond or so. */
const connectionsFor = ({ submitConcurrency }: WorkerOptions) => POOL_NAMES.length + submitConcurrency + 4;

/** Starts taking jobs, each kind in its pool (`pools.ts`). All pools share their connections. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { connectionString, log } = options;
  const max = connectionsFor(options);
  const connections = openConnections({ connectionString, max, logger: createLibraryLog(log) });
  const started = await Promise.allSettled(POOL_NAMES.map((name) => keepPool(name, connections, options)));
  const pools = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(pools.map((pool) => pool.stop()));
    await connections.end();
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    alive: () => pools.every((pool) => pool.current() !== null),
    stop,
    leaveJobs: async () => {
      await Promise.all(pools.map((pool) => pool.current()?.leaveJobs()));
    },
  };
}

/**
 * A pool ends by itself when the database is lost at a bad moment, or when it has taken no job for long; its promise
 * may even resolve then.
 */
function keepPool(
  name: PoolName,
  connections: Connections,
  options: WorkerOptions,
): Promise<Supervisor<Pool>> {
  const { liveness, log, submitConcurrency } = options;
  const logger = createLibraryLog(log);
  const concurrency = name === 'sending' ? submitConcurrency : JOBS_AT_ONCE[name];
  const tasks = createTaskList(kindsOf(name), options);
  const start = () => startPool({ connections, liveness, concurrency, tasks, logger });
  return supervise(`The pool of jobs "${name}"`, start, log);
}
