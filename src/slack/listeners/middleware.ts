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
export const refuseForeignApps: Middleware<AnyMiddlewareArgs> = async ({ body, context, next }) => {
  const { workspace, log } = context.slack as SlackClients;
  const meantFor = 'api_app_id' in body ? body.api_app_id : undefined;
  if (workspace.appId && meantFor && meantFor !== workspace.appId) {
    log.warn({ meantFor }, 'a payload for another app was refused');
    return;
  }
  await next();
};
