import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../log';
import type { RunningServer } from './launch';

const RESTART_PAUSE_MS = 1_000;

/**
 * Launches a server, and again whenever it ends unasked (the system may kill it when memory is short).
 * A first launch that fails throws; a later one is tried until it works or `stop` is called.
 */
export async function keepServing(
  launch: () => Promise<RunningServer>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  let server = await launch();
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await server.end();
      await watching;
    },
  };

  async function watch(): Promise<void> {
    for (;;) {
      await server.ended;
      if (stopping.signal.aborted) return;
      log.error('The embedded database ended unasked; starting it again');
      const next = await relaunch();
      if (!next) return;
      server = next;
    }
  }

  async function relaunch(): Promise<RunningServer | null> {
    while (!stopping.signal.aborted) {
      try {
        const next = await launch();
        if (!stopping.signal.aborted) return next;
        await next.end();
      } catch (err) {
        log.error({ err }, 'The embedded database does not start');
        await pause(RESTART_PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }
}
