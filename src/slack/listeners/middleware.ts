import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';

/**
 * Tracks the payloads that are being handled. `ended` resolves when those open now are done: a stop waits for
 * it.
 */
export function trackOpenRequests(): { middleware: Middleware<AnyMiddlewareArgs>; ended(): Promise<void> } {
  const open = new Set<Promise<void>>();
  return {
    middleware: async ({ next }) => {
      const request = next();
      open.add(request);
      try {
        await request;
      } finally {
        open.delete(request);
      }
    },
    ended: async () => {
      await Promise.allSettled(open);
    },
  };
}

/** Takes the NUL out of every text of a payload: Postgres stores none, and no person can type one. */
export const removeNul: Middleware<AnyMiddlewareArgs> = async ({ body, next }) => {
  const open: object[] = [body];
  for (let part = open.pop(); part; part = open.pop()) {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === 'string' && value.includes('\0'))
        (part as Record<string, unknown>)[key] = value.replaceAll('\0', '');
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  await next();
};

/** Of one person, in this process. A hand is slower; a program that clicks a hundred times waits, and nobody else does. */
const ACTS_AT_ONCE = 4;

/** What one person does is handled a few at a time, in its order, so that what others do comes between. */
export function handleInTurn(): Middleware<AnyMiddlewareArgs> {
  const waitingOf = new Map<string, { running: number; waiting: (() => void)[] }>();
  return async ({ body, next }) => {
    const person = personOf(body);
    const acts = waitingOf.get(person) ?? { running: 0, waiting: [] };
    waitingOf.set(person, acts);
    if (acts.running >= ACTS_AT_ONCE) await new Promise<void>((resolve) => acts.waiting.push(resolve));
    else acts.running += 1;
    try {
      await next();
    } finally {
      // The place goes to the one that has waited longest.
      const following = acts.waiting.shift();
      if (following) following();
      else acts.running -= 1;
      if (acts.running === 0) waitingOf.delete(person);
    }
  };
}

/** The three places where payloads name who acts. What nobody did, such as an uninstall, shares a place. */
function personOf(body: object): string {
  const { user_id, user, event } = body as { user_id?: unknown; user?: unknown; event?: { user?: unknown } };
  const named = user_id ?? user ?? event?.user;
  return String((named as { id?: unknown } | undefined)?.id ?? named);
}
