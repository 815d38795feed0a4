import type { Log } from './log';

/** Whoever floods the bot must not fill the log too. */
const LOG_EVERY_MS = 60_000;

/**
 * Counts what is refused before anybody is asked who it is from, by why. The log has one line a minute at most, with the
 * counts since the last one; none while nothing is refused.
 */
export function countRefusals<Why extends string>(log: Log, message: string): (why: Why) => void {
  let counts: Partial<Record<Why, number>> = {};
  let loggedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    loggedAt = performance.now();
    log.warn({ refused: counts }, message);
    counts = {};
  };
  return (why) => {
    counts[why] = ((counts[why] as number | undefined) ?? 0) + 1;
    if (timer) return;
    const waitMs = loggedAt + LOG_EVERY_MS - performance.now();
    if (waitMs <= 0) write();
    else timer = setTimeout(write, waitMs).unref();
  };
}
