import type { WorkerLiveness } from '../db/worker-liveness';
import type { Log } from '../log';
import { JOBS, type JobHandlers, type JobKind } from './jobs';
import { keepRunning } from './keep-running';
import { createLibraryLog } from './library-log';
import { startPool } from './start-pool';
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

export interface WorkerOptions {
  connectionString: string;
  handlers: JobHandlers;
  /** The workspace whose token this process has: jobs for other workspaces are left to their bots. */
  workspaceId: string;
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
    startPoolOf(['submit-chunk'], options.submitConcurrency, options),
    startPoolOf(OTHER_KINDS, options.otherConcurrency, options),
  ]);
  return {
    alive: () => pools.every((pool) => pool.alive()),
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}

function startPoolOf(kinds: readonly JobKind[], concurrency: number, options: WorkerOptions) {
  const { connectionString, liveness, log } = options;
  const logger = createLibraryLog(log);
  const tasks = createTaskList(kinds, options);
  return keepRunning(() => startPool({ connectionString, liveness, concurrency, tasks, logger }), log);
}
