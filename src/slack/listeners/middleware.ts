import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { SlackClients } from '../client/slack-clients';

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

/** Drops a payload that is addressed to another app, even if its signature is valid. */
export function refuseForeignApps(slack: SlackClients): Middleware<AnyMiddlewareArgs> {
  return async ({ body, next }) => {
    const { appId } = await slack.identity();
    const meantFor = 'api_app_id' in body ? body.api_app_id : undefined;
    if (appId && meantFor && meantFor !== appId) {
      slack.log.warn({ meantFor }, 'a payload for another app was refused');
      return;
    }
    await next();
  };
}
