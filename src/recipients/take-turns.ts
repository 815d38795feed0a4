import { setImmediate as letOthersRun } from 'node:timers/promises';

/** Reading keeps the only thread for so long at most; requests, posts and other lists wait for no longer. */
const TURN_MS = 10;
/** Steps between two looks at the clock. A step takes microseconds, a very long cell three milliseconds. */
const LOOK_EVERY = 8;

export interface Turns {
  /** Counts so many steps, each about the reading of a cell. Whether others should run now. */
  isOver(steps: number): boolean;
  /** Lets others run, and begins the next turn. */
  next(): Promise<void>;
}

/** For a loop that may be long: `if (turns.isOver(1)) await turns.next();`. */
export function createTurns(): Turns {
  let began = performance.now();
  let steps = 0;
  return {
    isOver(more) {
      steps += more;
      if (steps < LOOK_EVERY) return false;
      steps = 0;
      return performance.now() - began >= TURN_MS;
    },
    async next() {
      await letOthersRun();
      began = performance.now();
    },
  };
}
