/** Of one person and kind, in one process. A hand is slower; of a program that clicks a hundred times, the rest waits. */
const ACTS_AT_ONCE = 4;
/** What hangs holds up nothing for longer: Slack waits 3 s for an answer. */
const LONGEST_WAIT_MS = 2_000;

export interface PersonTurns {
  /** Acts when the owner has a place: a few at a time, in their order. After two seconds it acts without one. */
  take<T>(owner: string, act: () => Promise<T>): Promise<T>;
}

interface Acts {
  running: number;
  waiting: (() => void)[];
}

/** What one person does is handled a few at a time, so that what others do comes between. */
export function createPersonTurns(longestWaitMs = LONGEST_WAIT_MS): PersonTurns {
  const owners = new Map<string, Acts>();

  /** Each place goes to the one that has waited longest. */
  const wait = (acts: Acts) =>
    new Promise<void>((resolve) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        acts.waiting.splice(acts.waiting.indexOf(begin), 1);
        acts.running += 1;
        resolve();
      }, longestWaitMs);
      acts.waiting.push(begin);
    });

  return {
    async take(owner, act) {
      const acts = owners.get(owner) ?? { running: 0, waiting: [] };
      owners.set(owner, acts);
      if (acts.running >= ACTS_AT_ONCE) await wait(acts);
      else acts.running += 1;
      try {
        return await act();
      } finally {
        const next = acts.running > ACTS_AT_ONCE ? undefined : acts.waiting.shift();
        if (next) next();
        else acts.running -= 1;
        if (acts.running === 0) owners.delete(owner);
      }
    },
  };
}
