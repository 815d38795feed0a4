import { setImmediate as letOthersRun } from 'node:timers/promises';

/** Reading keeps the only thread for so long at most; requests, posts and other lists wait for no longer. */
const TURN_MS = 10;
/**
 * While others are at work, a turn takes half as long as they did, and no less than this. Each of their questions to the
 * database waits for the end of a turn, and a draft of one number asks some eighty: with long turns it took a second.
 */
const BUSY_TURN_MS = 1;
/** Others who take so long between two turns have work. */
const BUSY_MS = 0.2;
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
  let turnMs = TURN_MS;
  let steps = 0;
  return {
    isOver(more) {
      steps += more;
      if (steps < LOOK_EVERY) return false;
      steps = 0;
      return performance.now() - began >= turnMs;
    },
    async next() {
      const ended = performance.now();
      await letOthersRun();
      began = performance.now();
      const others = began - ended;
      turnMs = others > BUSY_MS ? Math.max(others / 2, BUSY_TURN_MS) : 2 * turnMs;
      turnMs = Math.min(turnMs, TURN_MS);
    },
  };
}
