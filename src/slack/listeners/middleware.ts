import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { SlackPost } from '../client/slack-clients';

/** Counts the payloads that are being worked on, so that stopping can wait for them. */
export function countVisits(): { middleware: Middleware<AnyMiddlewareArgs>; ended(): Promise<void> } {
  const open = new Set<Promise<void>>();
  return {
    middleware: async ({ next }) => {
      const visit = next();
      open.add(visit);
      try {
        await visit;
      } finally {
        open.delete(visit);
      }
    },
    ended: async () => {
      await Promise.allSettled(open);
    },
  };
}

/** A payload meant for another app is not answered, whoever signed it. */
export function refuseForeignApps(post: SlackPost): Middleware<AnyMiddlewareArgs> {
  return async ({ body, next }) => {
    const { appId } = await post.identity();
    const meantFor = 'api_app_id' in body ? body.api_app_id : undefined;
    if (appId && meantFor && meantFor !== appId) {
      post.log.warn({ meantFor }, 'a payload for another app was refused');
      return;
    }
    await next();
  };
}
