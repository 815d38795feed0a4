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
