import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { OwnerEvent, OwnerOptions } from './owner';

export interface Owner {
  process: ChildProcess;
  /** The next event of this kind; any other end of the process is an error with its last output. */
  said<K extends OwnerEvent['kind']>(
    kind: K,
    matches?: (event: Extract<OwnerEvent, { kind: K }>) => boolean,
  ): Promise<Extract<OwnerEvent, { kind: K }>>;
  /** The highest row that it has said to be committed. */
  acknowledged(): number;
  ended: Promise<{ code: number | null }>;
}

interface Circumstances {
  /** The whole environment, but for PATH. */
  env?: Record<string, string>;
  /** Words before the command, such as those that make it another user's. */
  prefix?: string[];
}

const running = new Set<ChildProcess>();

/** Ends those that a failed test left behind. */
export function endOwners(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts `owner.ts` in a process group of its own, as a terminal does. */
export function startOwner(options: OwnerOptions, { env = {}, prefix = [] }: Circumstances = {}): Owner {
  const node = [process.execPath, '--require', require.resolve('tsx/cjs'), path.join(__dirname, 'owner.ts')];
  const [command = '', ...words] = [...prefix, ...node, JSON.stringify(options)];
  const child = spawn(command, words, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const ended = once(child, 'close').then(([code]) => ({ code }));
  const events: OwnerEvent[] = [];
  child.on('message', (event: OwnerEvent) => events.push(event));
  return {
    process: child,
    ended,
    acknowledged: () => Math.max(0, ...events.map((event) => (event.kind === 'acknowledged' ? event.n : 0))),
    said: (kind, matches = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          for (const event of events) {
            if (event.kind === kind && matches(event as never)) return resolve(event as never);
          }
        };
        look();
        child.on('message', look);
        child.once('close', () => {
          look();
          reject(
            new Error(`the owner ended without "${kind}"; it said last: ${JSON.stringify(events.at(-1))}`),
          );
        });
      }),
  };
}
