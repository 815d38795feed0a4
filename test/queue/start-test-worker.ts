import { createLog } from '../../src/log';
import { DONE } from '../../src/queue/job-result';
import { JOBS, type JobHandlers } from '../../src/queue/jobs';
import { startWorker, type Worker } from '../../src/queue/start-worker';

/** A worker whose jobs do nothing, except those with a handler here. */
export function startTestWorker(
  connectionString: string,
  handlers: Partial<JobHandlers> = {},
): Promise<Worker> {
  return startWorker({
    connectionString,
    handlers: { ...idleHandlers(), ...handlers },
    liveness: { hold: () => ({ release: () => {} }) },
    submitConcurrency: 1,
    log: createLog('silent'),
  });
}

/** Jobs that do nothing, of every kind. */
export const idleHandlers = (): JobHandlers =>
  Object.fromEntries(Object.keys(JOBS).map((kind) => [kind, async () => DONE])) as unknown as JobHandlers;
