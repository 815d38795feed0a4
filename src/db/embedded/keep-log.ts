import { appendFileSync, renameSync, statSync } from 'node:fs';

/** The server says a few lines a day; with the file before, at most twice this. */
const LOG_LIMIT_BYTES = 1_000_000;

/**
 * A sink for what the server says: into `file`, which becomes `file.1` when it is full. Never throws, since
 * a full disk must not take the bot down before PostgreSQL has said so itself.
 */
export function keepLog(file: string, limitBytes = LOG_LIMIT_BYTES): (text: string) => void {
  return (text) => {
    try {
      const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (size + Buffer.byteLength(text) > limitBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, text, { mode: 0o600 });
    } catch {
      // There is nobody better to tell than the log itself.
    }
  };
}
