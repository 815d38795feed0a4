/** Bounds how many questions of one kind run at once in this process. */
export interface Turns {
  /**
   * Runs `ask` when one of the places is free, first come, first served. Throws TooManyAtOnce, at once, where the same
   * owner has as many running or waiting as one may have. So no more wait than their owners are.
   */
  take<T>(owner: string, ask: () => Promise<T>): Promise<T>;
}

/** Somebody has asked again before their earlier questions were answered. */
export class TooManyAtOnce extends Error {
  readonly code = 'too_many_at_once';
  constructor(readonly most: number) {
    super(`more than ${most} at once`);
    this.name = 'TooManyAtOnce';
  }
}

/** `atOnce`: of all owners together; `each`: of one owner, those that wait included. */
export function createTurns({ atOnce, each }: { atOnce: number; each: number }): Turns {
  const openOf = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let running = 0;

  const begin = async () => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  };
  /** The place goes to whoever has waited longest. */
  const end = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return {
    async take(owner, ask) {
      const open = openOf.get(owner) ?? 0;
      if (open >= each) throw new TooManyAtOnce(each);
      openOf.set(owner, open + 1);
      await begin();
      try {
        return await ask();
      } finally {
        end();
        const left = (openOf.get(owner) ?? 1) - 1;
        if (left > 0) openOf.set(owner, left);
        else openOf.delete(owner);
      }
    },
  };
}
