import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log';

/**
 * A logger for Slack's libraries that writes to our log. Drops debug lines: they hold whole payloads, texts
 * included.
 */
export function boltLogger(log: Log): Logger {
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const words = parts.filter((part) => typeof part === 'string').join(' ');
      log[level](err ? { err } : {}, `slack: ${words}`);
    };
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
