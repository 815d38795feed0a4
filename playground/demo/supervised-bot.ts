import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { BotLog } from './bot-log';
import { DemoError } from './demo-error';

/** How a process ended: by a signal, or with an exit code. With the last line of the log. */
interface BotEnd {
  signal: string | null;
  code: number | null;
  lastLine: string | null;
}

export interface BotState {
  state: 'starting' | 'running' | 'stopped';
  pid: number | null;
  /** How often it was restarted after it had died. */
  restarts: number;
  /** How it last ended. Null if it never ended. */
  lastEnd: BotEnd | null;
}

/** The bot as a process that is restarted when it dies. */
export interface SupervisedBot {
  /** Resolves when it is ready. If it dies before it was ever ready, gives up and throws DemoError `bot_failed`. */
  start(): Promise<void>;
  /** Ends it with SIGTERM, and with SIGKILL after 12 seconds. It stays stopped until `start`. */
  stop(): Promise<void>;
  /** kill -9, like a machine that fails. It is restarted by itself. */
  kill(): void;
  state(): BotState;
}

interface BotOptions {
  spawn(): ChildProcess;
  isReady(): Promise<boolean>;
  log: BotLog;
}

const READY_WITHIN_MS = 120_000;
const ASK_READY_EVERY_MS = 100;
const STOP_WITHIN_MS = 12_000;
const LAST_LINES_MS = 300;
const FIRST_RESTART_AFTER_MS = 500;
const LONGEST_RESTART_WAIT_MS = 10_000;

export function superviseBot({ spawn, isReady, log }: BotOptions): SupervisedBot {
  let child: ChildProcess | null = null;
  let wanted = false;
  let isUp = false;
  let hasServed = false;
  let restarts = 0;
  let restartAfterMs = FIRST_RESTART_AFTER_MS;
  let lastEnd: BotEnd | null = null;

  /** Resolves when the bot is ready. Rejects if it ends first. */
  async function launch(): Promise<void> {
    const started = spawn();
    child = started;
    const ended = once(started, 'exit').then(async ([code, signal]) => {
      // Its last lines may still be in the pipe.
      await Promise.race([once(started, 'close'), pause(LAST_LINES_MS)]);
      lastEnd = { signal, code, lastLine: log.tail().at(-1) ?? null };
      child = null;
      isUp = false;
    });
    void ended.then(restart);
    await waitUntilReady(started);
    isUp = hasServed = true;
    restartAfterMs = FIRST_RESTART_AFTER_MS;
  }

  async function waitUntilReady(started: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await isReady())) {
      if (child !== started)
        throw new DemoError('bot_failed', `The bot did not come up: ${describeEnd(lastEnd)}`);
      if (Date.now() > deadline) started.kill('SIGKILL');
      await pause(ASK_READY_EVERY_MS);
    }
  }

  async function restart(): Promise<void> {
    if (!wanted || !hasServed) return;
    log.add(`The bot ended (${describeEnd(lastEnd)}); it is started again.`);
    await pause(restartAfterMs);
    restartAfterMs = Math.min(restartAfterMs * 2, LONGEST_RESTART_WAIT_MS);
    if (!wanted || child) return;
    restarts++;
    // If this fails, the end of that process calls `restart` again.
    await launch().catch(() => {});
  }

  async function stop(): Promise<void> {
    wanted = false;
    const running = child;
    if (!running) return;
    const gone = once(running, 'exit');
    running.kill('SIGTERM');
    const force = setTimeout(() => running.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(force);
  }

  return {
    start: async () => {
      if (child) return;
      wanted = true;
      await launch().catch(async (error: unknown) => {
        await stop();
        throw error;
      });
    },
    stop,
    kill: () => void child?.kill('SIGKILL'),
    state: () => ({
      state: isUp ? 'running' : wanted ? 'starting' : 'stopped',
      pid: child?.pid ?? null,
      restarts,
      lastEnd,
    }),
  };
}

function describeEnd(end: BotEnd | null): string {
  if (end?.signal) return `ended by ${end.signal}`;
  return `exit code ${end?.code}, and its last line: ${end?.lastLine ?? 'none'}`;
}
