import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** The bot's settings, and from our own environment only what any process needs to run. */
export type BotEnvironment = Record<string, string>;

const ENTRY = path.resolve(__dirname, '../../src/main.ts');
const FOLLOW_PARENT = path.join(__dirname, 'follow-parent.ts');

/**
 * Starts the bot as `npm start` does. It has a process group of its own: Ctrl-C reaches only the demo, which
 * then stops the bot in order. Its working directory is `directory`, which contains no `.env` of a real bot.
 */
export function spawnBot(
  directory: string,
  environment: BotEnvironment,
  onLine: (line: string) => void,
): ChildProcess {
  const preloads = [require.resolve('tsx'), FOLLOW_PARENT].flatMap((file) => [
    '--import',
    pathToFileURL(file).href,
  ]);
  const child = spawn(process.execPath, [...preloads, ENTRY], {
    cwd: directory,
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', onLine);
  return child;
}
