import type { WorkerLiveness } from '../db/worker-liveness';
import type { Log } from '../log';
import { type Supervisor, supervise } from '../supervise';
import { JOBS, type JobHandlers, type JobKind } from './jobs';
import { createLibraryLog } from './library-log';
import { type Pool, startPool } from './start-pool';
import { createTaskList } from './task-list';

/**
 * This folder is all that knows the queue library. graphile-worker is pinned to one version, because `enqueue` and
 * `repair-jobs` use its private tables.
 */
export interface Worker {
  /** Resolves when the running jobs have ended; no new ones are taken. */
  stop(): Promise<void>;
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
  /** Jobs of all other kinds at once in this process. */
  otherConcurrency: number;
  log: Log;
}

const OTHER_KINDS = (Object.keys(JOBS) as JobKind[]).filter((kind) => kind !== 'submit-chunk');

/**
 * Starts taking jobs: submissions in one pool and all else in another, so that a provider that hangs holds up
 * neither Slack posts nor polls.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const pools = await Promise.all([
    keepPool(['submit-chunk'], options.submitConcurrency, options),
    keepPool(OTHER_KINDS, options.otherConcurrency, options),
  ]);
  return {
    alive: () => pools.every((pool) => pool.current() !== null),
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}

/**
 * A pool ends by itself when the database is lost at a bad moment, or when it has taken no job for long; its promise
 * may even resolve then.
 */
function keepPool(
  kinds: readonly JobKind[],
  concurrency: number,
  options: WorkerOptions,
): Promise<Supervisor<Pool>> {
  const { connectionString, liveness, log } = options;
  const logger = createLibraryLog(log);
  const tasks = createTaskList(kinds, options);
  const start = () => startPool({ connectionString, liveness, concurrency, tasks, logger });
  return supervise('A pool of jobs', start, log);
}
