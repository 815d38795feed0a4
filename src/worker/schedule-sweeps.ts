import type { AppContext } from '../batches/app-context';
import { enqueueSweep } from '../batches/enqueue-jobs';

const EVERY_MS = 30_000;

/**
 * Asks for a sweep at once and every half minute, by the process's own steady timer: the sweep is what mends a
 * queue that stands still, so it must not depend on that queue's times. Answers how to stop.
 */
export async function scheduleSweeps(app: AppContext): Promise<() => void> {
  await enqueueSweep(app.db, 0);
  const timer = setInterval(() => {
    enqueueSweep(app.db, 0).catch((error: unknown) =>
      app.log.warn({ err: error }, 'a sweep cannot be asked for now'),
    );
  }, EVERY_MS);
  return () => clearInterval(timer);
}
