import type { Log } from '../../log';

/** Everybody can send what is refused: a line for each would fill the disk. */
const LOG_EVERY_MS = 60_000;

export interface Refusals {
  /** Counts a request that was refused. `route` and `reason` are names of ours, never what the request says. */
  count(route: string, reason: string): void;
  /** Logs what is counted and not logged yet. */
  stop(): void;
}

/** Counts refused requests by route and reason, and logs the counts of each minute that has any in one line. */
export function countRefusals(log: Log, everyMs = LOG_EVERY_MS): Refusals {
  let counts: Record<string, Record<string, number>> = {};
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    log.warn({ refused: counts }, 'requests were refused; these are the counts since the last such line');
    counts = {};
  }

  return {
    count(route, reason) {
      counts[route] ??= {};
      const ofRoute = counts[route];
      ofRoute[reason] = (ofRoute[reason] ?? 0) + 1;
      timer ??= setTimeout(flush, everyMs).unref();
    },
    stop: flush,
  };
}
