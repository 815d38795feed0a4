import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** What the bot is told, and nothing of our own environment besides what a process needs to run at all. */
export type BotEnvironment = Record<string, string>;

const ENTRY = path.resolve(__dirname, '../../src/main.ts');
const FOLLOW_PARENT = path.join(__dirname, 'follow-parent.ts');

/**
 * Starts the bot as `npm start` does, in a process group of its own, so that Ctrl-C reaches it through us and in
 * order. It works in `directory`, where no `.env` of a real bot lies about.
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
