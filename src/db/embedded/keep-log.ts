import { appendFileSync, renameSync, statSync } from 'node:fs';

/** The server writes a few lines a day. Together with the former file, the log is twice this at most. */
const LOG_LIMIT_BYTES = 1_000_000;

/**
 * Returns a function that appends the server's output to `file`, which becomes `file.1` when it is full. It never
 * throws: a full disk must not end the bot before PostgreSQL has reported it.
 */
export function keepLog(file: string, limitBytes = LOG_LIMIT_BYTES): (text: string) => void {
  return (text) => {
    try {
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size + Buffer.byteLength(text) > limitBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, text, { mode: 0o600 });
    } catch {
      // The log itself is where this would be reported.
    }
  };
}
