import type { MiddlewareHandler } from 'hono';
import type { SlackContext } from '../slack-context';

/**
 * Refuses requests from a foreign web page or through a rebound DNS name. The Host, and the Origin if there is
 * one, must be this machine at our own port.
 */
export function onlyOwnOrigin(slack: SlackContext): MiddlewareHandler {
  return async (c, next) => {
    const { port } = new URL(slack.origin());
    const hosts = ['127.0.0.1', 'localhost'].map((host) => `${host}:${port}`);
    const origin = c.req.header('origin');
    const isOurs =
      hosts.includes(c.req.header('host') ?? '') &&
      (origin === undefined || hosts.some((host) => origin === `http://${host}`));
    if (!isOurs) return c.json({ error: 'foreign_host' }, 403);
    return next();
  };
}
