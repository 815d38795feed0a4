import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;
/** Slack's three seconds have tests of their own; here the machine runs a browser too, and may be slow. */
const SLACK_WAITS_MS = 12_000;

/** The demo as its user starts it: a process of its own on a data directory of its own. */
export interface RunningDemo {
  address: string;
  /** Asks one of the demo's own paths (`/buka/…`, `/demo/…`), as its page does. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  botLog(): Promise<string>;
  /** All that the demo has written to its terminal before it was ready. */
  said(): string;
  stop(): Promise<void>;
}

export interface DemoSetting {
  mode?: 'socket' | 'http';
  /** Flags after the command. */
  args?: string[];
  /** What to keep when the demo stops: a directory for the next one. Left out: a new one, removed at the end. */
  dataDir?: string;
  port?: string;
  /** DEMO_FAULTS. */
  faults?: string;
}

/** Rejects with all that the demo said when it does not come up. */
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

/** A bot that was ended by force leaves a database that is still putting its files in order. */
export function forgetDataDir(dataDir: string): Promise<void> {
  return rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The address in the line that the demo prints when it is ready; rejects with all it said when it ends first. */
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
    // Not at its exit: what it said last may still be on its way.
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
