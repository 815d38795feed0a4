import { createWriteStream } from 'node:fs';

/** The output of the bot: the last lines in memory, all lines of this run in a file. */
export interface BotLog {
  add(line: string): void;
  /** Oldest first. */
  tail(): string[];
  close(): Promise<void>;
}

const LINES_KEPT = 300;

export function openBotLog(file: string): BotLog {
  const stream = createWriteStream(file);
  let lines: string[] = [];
  return {
    add: (line) => {
      lines = [...lines.slice(-(LINES_KEPT - 1)), line];
      stream.write(`${line}\n`);
    },
    tail: () => lines,
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
