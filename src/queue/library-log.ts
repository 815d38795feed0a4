import { Logger } from 'graphile-worker';
import type { Log } from '../log';

/** A logger for the queue library: its faults become warnings of ours, everything else is for debugging. */
export function createLibraryLog(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ queue: level }, message);
    else log.debug({ queue: level }, message);
  });
}
