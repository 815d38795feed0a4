import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(__dirname, '../..');

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The bot as people run it: a process of its own. */
export interface Bot {
  exited: Promise<Exit>;
  /** Sends the signal and waits for the end. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit>;
  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();

/** Resolves once the bot is up; rejects with its last lines where it ends before. `root`: where its code is. */
export function startBot(env: Record<string, string>, main = 'src/main.ts', root = ROOT): Promise<Bot> {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said: string[] = [];
  const exited = new Promise<Exit>((done) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      done({ code, signal });
    });
  });
  const bot: Bot = {
    exited,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
    signal: (signal) => void child.kill(signal),
  };
  return new Promise((up, reject) => {
    const listen = (line: string) => {
      said.push(line);
      if (process.env.FAULTS_LOG) process.stderr.write(`${child.pid} ${line}\n`);
      if (line.includes('The bot is up')) up(bot);
    };
    if (child.stdout) createInterface(child.stdout).on('line', listen);
    if (child.stderr) createInterface(child.stderr).on('line', listen);
    void exited.then(() =>
      reject(new Error(`the bot ended before it was up:\n${said.slice(-10).join('\n')}`)),
    );
  });
}

/** Ends bots that a failed test left behind. */
export async function killBots(): Promise<void> {
  const ends = [...running].map((child) => new Promise((done) => child.once('close', done)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
}
