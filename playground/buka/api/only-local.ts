import type { MiddlewareHandler } from 'hono';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests that were not meant for this machine. A foreign web page can make a browser call 127.0.0.1. Its
 * `Origin` shows that. If a foreign DNS name points to this address, the `Host` shows it. Any local port may call.
 */
export const onlyLocal: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin');
  const isLocal =
    isLocalUrl(`http://${c.req.header('host')}`) && (origin === undefined || isLocalUrl(origin));
  if (!isLocal) return c.json({ error: 'local_only' }, 403);
  return next();
};

function isLocalUrl(url: string): boolean {
  return URL.canParse(url) && LOCAL_NAMES.has(new URL(url).hostname);
}
