import { createLog } from '../../src/log';
import { DONE } from '../../src/queue/job-result';
import { JOBS, type JobHandlers } from '../../src/queue/jobs';
import { startWorker, type Worker } from '../../src/queue/start-worker';

/** A worker whose jobs do nothing, except those with a handler here. */
export function startTestWorker(
  connectionString: string,
  handlers: Partial<JobHandlers> = {},
): Promise<Worker> {
  const idle = Object.fromEntries(Object.keys(JOBS).map((kind) => [kind, async () => DONE]));
  return startWorker({
    connectionString,
    handlers: { ...idle, ...handlers } as JobHandlers,
    liveness: { hold: () => ({ release: () => {} }) },
    submitConcurrency: 1,
    log: createLog('silent'),
  });
}
