import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

interface PumpOptions {
  concurrency: number;
  /** How often a push is tried in all. */
  attempts: number;
  /** The wait before the first repetition. It doubles each time. */
  retryMs: number;
  timeoutMs: number;
}

/** Pushes JSON bodies to URLs on this machine, a few at once. Repeats each until it is answered 2xx or given up. */
export interface Pump {
  enqueue(url: string, body: () => unknown): void;
  /** Resolves when no push is waiting or running. */
  idle(): Promise<void>;
  counts(): { taken: number; givenUp: number };
  /** Drops the pushes that are left. */
  close(): Promise<void>;
}

interface QueuedRequest {
  url: string;
  body: () => unknown;
}

export function createPump(options: PumpOptions, pushed: () => void): Pump {
  const agent = new Agent({ keepAlive: true, maxSockets: options.concurrency });
  const closing = new AbortController();
  const counts = { taken: 0, givenUp: 0 };
  let waiting: QueuedRequest[] = [];
  let next = 0;
  let active = 0;
  let idleListeners: (() => void)[] = [];

  function pull(): void {
    for (let queued = waiting[next]; queued && active < options.concurrency; queued = waiting[next]) {
      next++;
      active++;
      void deliver(queued).finally(() => {
        active--;
        pull();
      });
    }
    if (next < waiting.length) return;
    waiting = [];
    next = 0;
    if (active > 0) return;
    for (const listener of idleListeners) listener();
    idleListeners = [];
  }

  async function deliver({ url, body }: QueuedRequest): Promise<void> {
    const text = JSON.stringify(body());
    for (let attempt = 1; attempt <= options.attempts && !closing.signal.aborted; attempt++) {
      if (await isTaken(url, text, agent, options.timeoutMs, closing.signal)) {
        counts.taken++;
        pushed();
        return;
      }
      const waitMs = options.retryMs * 2 ** (attempt - 1);
      if (attempt < options.attempts)
        await pause(waitMs, undefined, { signal: closing.signal }).catch(() => {});
    }
    counts.givenUp++;
  }

  const idle = () =>
    new Promise<void>((resolve) => {
      if (active === 0 && next === waiting.length) resolve();
      else idleListeners.push(resolve);
    });

  return {
    enqueue(url, body) {
      waiting.push({ url, body });
      pull();
    },
    idle,
    counts: () => ({ ...counts }),
    async close() {
      waiting = [];
      next = 0;
      closing.abort();
      await idle();
      agent.destroy();
    },
  };
}

/** Never rejects: a push that failed in any way counts as not accepted. */
function isTaken(
  url: string,
  body: string,
  agent: Agent,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json;charset=UTF-8',
      'content-length': Buffer.byteLength(body),
    };
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
    const call = request(url, { method: 'POST', agent, headers, signal }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.once('error', () => resolve(false));
      answer.once('end', () => resolve(statusCode >= 200 && statusCode < 300));
      answer.resume();
    });
    call.once('error', () => resolve(false));
    call.end(body);
  });
}
