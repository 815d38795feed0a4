import type { AppContext } from '../batches/app-context';
import { enqueueSweep } from '../batches/enqueue-jobs';

const EVERY_MS = 30_000;

/**
 * Enqueues a sweep now and every half minute, by the process's own monotonic timer. The sweep repairs a queue
 * that makes no progress, so it must not depend on that queue's times. Returns the function that stops the
 * timer.
 */
export async function scheduleSweeps(app: AppContext): Promise<() => void> {
  await enqueueSweep(app.db);
  const timer = setInterval(() => {
    enqueueSweep(app.db).catch((error: unknown) =>
      app.log.warn({ err: error }, 'a sweep could not be enqueued'),
    );
  }, EVERY_MS);
  return () => clearInterval(timer);
}
