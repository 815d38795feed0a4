import { AsyncLocalStorage } from 'node:async_hooks';

/** The clock of all processes, which only steps and waits move: no scenario waits for anything but the database. */

let nowMs = 0;
const waiter = new AsyncLocalStorage<() => void>();
const race = Promise.race.bind(Promise);

/** In place of `performance.now`. */
export const now = () => nowMs;

export function skip(ms: number): void {
  nowMs += ms;
}

/** Runs `act`; `onWait` is called whenever it waits for any of several answers. */
export function withWaiter<T>(onWait: () => void, act: () => Promise<T>): Promise<T> {
  return waiter.run(onWait, act);
}

/** In place of `Promise.race`. */
export function raceNoticed<T>(promises: Iterable<T | PromiseLike<T>>): Promise<Awaited<T>> {
  waiter.getStore()?.();
  return race(promises);
}

/**
 * In place of `setTimeout` of node:timers/promises. A wait is over at once; but the one that keeps no process from its end
 * (`ref`) only bounds a wait for answers, which steps end.
 */
export async function wait(ms: number, _value?: unknown, options?: { ref?: boolean }): Promise<void> {
  if (options?.ref === false) return new Promise(() => {});
  skip(ms);
}
