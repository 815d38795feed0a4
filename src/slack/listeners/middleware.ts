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
