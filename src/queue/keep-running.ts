import { setTimeout as pause } from 'node:timers/promises';
import type { Runner } from 'graphile-worker';
import type { Log } from '../log';

const START_AGAIN_MS = 1_000;

/**
 * Runs a pool of jobs until it is stopped. A pool ends by itself when the database is lost at a moment it does
 * not bear, and says so by a promise that may even resolve: it is started again until that works. A first
 * start that fails throws.
 */
export async function keepRunning(
  start: () => Promise<Runner>,
  log: Log,
): Promise<{ alive(): boolean; stop(): Promise<void> }> {
  const stopping = new AbortController();
  let runner: Runner | null = await start();
  const watching = watch();
  return {
    alive: () => runner !== null,
    stop: async () => {
      stopping.abort();
      await runner?.stop().catch(() => undefined);
      await watching;
    },
  };

  async function watch(): Promise<void> {
    while (runner) {
      await runner.promise.catch((error: unknown) => log.warn({ err: error }, 'a pool of jobs broke off'));
      runner = null;
      if (stopping.signal.aborted) return;
      log.error('a pool of jobs ended unasked; starting it again');
      runner = await startAgain();
    }
  }

  async function startAgain(): Promise<Runner | null> {
    while (!stopping.signal.aborted) {
      try {
        const next = await start();
        if (!stopping.signal.aborted) return next;
        await next.stop();
      } catch (error) {
        log.warn({ err: error }, 'a pool of jobs does not start');
        await pause(START_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }
}
