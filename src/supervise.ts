import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from './log';

/** Something that runs until it is ended, or ends by itself: a server, a pool of jobs, a connection. */
export interface Running {
  /** Settles when it has ended, for any reason. A rejection carries the cause. */
  ended: Promise<unknown>;
  end(): Promise<unknown>;
}

export interface Supervisor<T extends Running> {
  /** Null while it is being started again. */
  current(): T | null;
  /** Ends it, and starts it no more. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** Not doubled with each try: what all work waits for should be back within a second. */
const START_AGAIN_MS = 1_000;

interface SupervisorOptions {
  /** The level of the log line when it has ended unexpectedly; `error` when not given. */
  endedLevel?: 'warn' | 'error';
  /** The level of the log line when a new start has failed; `warn` when not given. */
  failedStartLevel?: 'warn' | 'error';
}

/**
 * Starts something, and starts it again whenever it ends unexpectedly, until `stop` is called. A first start that fails
 * throws; a later one is tried each second until it works. `name` begins the log lines.
 */
export async function supervise<T extends Running>(
  name: string,
  start: () => Promise<T>,
  log: Log,
  { endedLevel = 'error', failedStartLevel = 'warn' }: SupervisorOptions = {},
): Promise<Supervisor<T>> {
  const stopping = new AbortController();
  let running: T | null = await start();
  const watching = watch();
  return {
    current: () => running,
    async stop() {
      stopping.abort();
      await running?.end().catch(() => undefined);
      await watching;
    },
  };

  async function watch(): Promise<void> {
    while (running) {
      const cause: unknown = await running.ended.then(() => undefined).catch((error: unknown) => error);
      running = null;
      if (stopping.signal.aborted) return;
      log[endedLevel]({ err: cause }, `${name} ended unexpectedly; starting it again`);
      running = await startAgain();
    }
  }

  async function startAgain(): Promise<T | null> {
    while (!stopping.signal.aborted) {
      try {
        const next = await start();
        if (!stopping.signal.aborted) return next;
        await next.end();
      } catch (error) {
        log[failedStartLevel]({ err: error }, `${name} does not start`);
        await pause(START_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return null;
  }
}
