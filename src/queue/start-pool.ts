import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
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
export interface Pool extends Running {
  /**
   * What still runs is left to whoever takes it next. Call it when nothing more is waited for: the process stops and says
   * so, and none of these jobs is a suspect (settle-dead-workers.ts).
   */
  leaveJobs(): Promise<unknown>;
}

const POLL_EVERY_MS = 1_000;
/** Each worker of a pool may fail this many times in a row to take a job before the pool is ended: ten seconds. */
const MAX_FAILURES_IN_A_ROW = 10;
/** How often a pool that ended by itself, mostly with its database, tries each second to say that its process lives. */
const TRIES_TO_LEAVE = 60;

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
  const names: { name: string; hold: { release(): void } }[] = [];
  events.on('pool:create', ({ workerPool: { id: name } }) => names.push({ name, hold: liveness.hold(name) }));
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
  let isAsked = false;
  const leaveJobs = () =>
    pgPool.query('select bulk_sms_queue.force_unlock_workers($1::text[])', [names.map(({ name }) => name)]);
  const release = async () => {
    // A pool that ends by itself in a living process leaves its jobs locked, and none of them has killed it.
    if (!isAsked) await untilDone(leaveJobs);
    for (const { hold } of names) hold.release();
  };
  runner.promise.then(release, release);
  return {
    ended: runner.promise,
    end: () => {
      isAsked = true;
      return runner.stop();
    },
    leaveJobs,
  };
}

/** Tries it each second, a minute long. */
async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (let tryNumber = 1; tryNumber <= TRIES_TO_LEAVE; tryNumber += 1) {
    const isDone = await act().then(
      () => true,
      () => false,
    );
    if (isDone) return;
    await pause(1_000, undefined, { ref: false });
  }
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
