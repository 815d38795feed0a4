import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;
/** Other tests hold Slack's three seconds. Here the machine runs a browser too, and may be slow. */
const SLACK_WAITS_MS = 12_000;

/** The demo as its user starts it: its own process with its own data directory. */
export interface RunningDemo {
  address: string;
  /** Asks one of the demo's own paths (`/buka/…`, `/demo/…`), as its page does. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  botLog(): Promise<string>;
  /** The demo's output until it was ready. */
  said(): string;
  stop(): Promise<void>;
}

export interface DemoSetting {
  mode?: 'socket' | 'http';
  /** Flags after the command. */
  args?: string[];
  /** A directory that is kept for the next demo. Left out: a new one, removed at the end. */
  dataDir?: string;
  port?: string;
  /** DEMO_FAULTS. */
  faults?: string;
}

/** Rejects with the demo's whole output when it does not start. */
export async function runDemo(setting: DemoSetting = {}): Promise<RunningDemo> {
  const dataDir = setting.dataDir ?? (await newDataDir());
  const forget = () => (setting.dataDir ? undefined : forgetDataDir(dataDir));
  const child = spawn(process.execPath, ['--import', 'tsx', 'playground/main.ts', ...(setting.args ?? [])], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      DEMO_PORT: setting.port ?? '0',
      DEMO_MODE: setting.mode ?? 'socket',
      DEMO_FAULTS: setting.faults ?? '',
      DEMO_SLACK_WAITS_MS: String(SLACK_WAITS_MS),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { address, said } = await readAddress(child).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  return {
    address,
    get: (where) => ask(address + where),
    post: (where, body) => ask(address + where, { method: 'POST', body: JSON.stringify(body ?? {}) }),
    botLog: () => readFile(path.join(dataDir, 'playground/bot.log'), 'utf8'),
    said: () => said,
    stop: async () => {
      await end(child);
      await forget();
    },
  };
}

export function newDataDir(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'sms-demo-'));
}

/** After a kill of the bot, its database may still be writing files while they are removed. */
export function forgetDataDir(dataDir: string): Promise<void> {
  return rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The address that the demo prints when it is ready, with its output so far. Rejects when it ends first. */
function readAddress(child: ChildProcess): Promise<{ address: string; said: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`The demo ${why}. It said:\n${said}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('was not ready in time');
    }, READY_WITHIN_MS);
    // 'close' and not 'exit': its last output may still be in the pipe.
    child.once('close', (code) => fail(`ended with exit code ${code}`));
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        said += chunk;
        const [, address] = /ready: (http:\S+)/.exec(said) ?? [];
        if (!address) return;
        clearTimeout(timer);
        resolve({ address, said });
      });
    }
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(force);
}

async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}
