import { EventEmitter } from 'node:events';
import { type Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { WorkerLiveness } from '../db/worker-liveness';
import { openConnections } from './open-connections';

export interface PoolOptions {
  connectionString: string;
  liveness: Pick<WorkerLiveness, 'hold'>;
  /** Jobs at once. */
  concurrency: number;
  tasks: TaskList;
  logger: Logger;
}

const ASK_EVERY_MS = 1_000;
/** So often in a row, by each of its workers, a pool may fail to take a job before it is given up: ten seconds. */
const PATIENCE = 10;

/**
 * Starts a pool that takes jobs until it is stopped, or breaks off. A pool that cannot take jobs for long ends by
 * itself: the library keeps what it could not write down at its start as a failure for ever, so a pool begun while
 * the disk was full never works again, and only a new one does.
 */
export async function startPool({
  liveness,
  concurrency,
  tasks,
  logger,
  connectionString,
}: PoolOptions): Promise<Runner> {
  const pgPool = openConnections({ connectionString, max: concurrency + 2, logger });
  const events: WorkerEvents = new EventEmitter();
  const held: { letGo(): void }[] = [];
  events.on('pool:create', ({ workerPool }) => held.push(liveness.hold(workerPool.id)));
  const runner = await run({
    pgPool,
    events,
    concurrency,
    taskList: tasks,
    noHandleSignals: true,
    pollInterval: ASK_EVERY_MS,
    // Without it the library looks for a file named crontab where the process was started.
    parsedCronItems: [],
    // Off, a job whose end cannot be written down would be an unhandled rejection, and end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger,
  }).catch((error: unknown) => {
    void pgPool.end();
    throw error;
  });
  endWhenUseless(events, concurrency * PATIENCE, () => runner.stop());
  // A pool that broke off under a living process leaves jobs locked, which nobody would free.
  const letGo = () => {
    for (const one of held) one.letGo();
    void pgPool.end();
  };
  runner.promise.then(letGo, letGo);
  return runner;
}

function endWhenUseless(events: WorkerEvents, failuresInARow: number, end: () => Promise<void>): void {
  let failures = 0;
  const isUseful = () => {
    failures = 0;
  };
  events.on('worker:getJob:empty', isUseful);
  events.on('job:start', isUseful);
  events.on('worker:getJob:error', () => {
    failures += 1;
    // One that has begun to stop cannot be stopped again, and says so.
    if (failures === failuresInARow) end().catch(() => undefined);
  });
}
