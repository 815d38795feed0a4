import { EventEmitter } from 'node:events';
import { type Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool as Connections } from 'pg';
import type { WorkerLiveness } from '../db/worker-liveness';
import type { Running } from '../supervise';
import { QUEUE_SCHEMA } from './queue-schema';

interface PoolOptions {
  /** Shared with other pools. The caller ends them. */
  connections: Connections;
  liveness: Pick<WorkerLiveness, 'hold'>;
  /** Jobs at once. */
  concurrency: number;
  tasks: TaskList;
  logger: Logger;
}

/** `ended` may resolve or reject when a pool ends by itself. */
export type Pool = Running;

const POLL_EVERY_MS = 1_000;
/** Each worker of a pool may fail this many times in a row to take a job before the pool is ended: ten seconds. */
const MAX_FAILURES_IN_A_ROW = 10;

/**
 * Starts a pool that takes jobs until it is ended. A pool that can take no jobs for ten seconds ends by itself: where
 * the library cannot write at its start, it keeps that failure for ever, so a pool that was started while the disk was
 * full never works, and only a new one does.
 */
export async function startPool({
  liveness,
  concurrency,
  tasks,
  logger,
  connections: pgPool,
}: PoolOptions): Promise<Pool> {
  const events: WorkerEvents = new EventEmitter();
  const names: { release(): void }[] = [];
  events.on('pool:create', ({ workerPool }) => names.push(liveness.hold(workerPool.id)));
  const runner = await run({
    pgPool,
    schema: QUEUE_SCHEMA,
    events,
    concurrency,
    taskList: tasks,
    noHandleSignals: true,
    pollInterval: POLL_EVERY_MS,
    // Without it the library looks for a file named crontab in the directory where the process was started.
    parsedCronItems: [],
    // With a delay, a job whose end cannot be written would be an unhandled rejection, and end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger,
  });
  endAfterFailures(events, concurrency * MAX_FAILURES_IN_A_ROW, () => runner.stop());
  // A pool that ends by itself in a living process leaves its jobs locked: once its name is dead, they are freed.
  const release = () => {
    for (const name of names) name.release();
  };
  runner.promise.then(release, release);
  return { ended: runner.promise, end: () => runner.stop() };
}

function endAfterFailures(events: WorkerEvents, failuresInARow: number, end: () => Promise<void>): void {
  let failures = 0;
  const reset = () => {
    failures = 0;
  };
  events.on('worker:getJob:empty', reset);
  events.on('job:start', reset);
  events.on('worker:getJob:error', () => {
    failures += 1;
    // A pool that is already stopping rejects a second stop.
    if (failures === failuresInARow) end().catch(() => undefined);
  });
}
