import type { IncomingHttpHeaders } from 'node:http';

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request was meant for this machine. A web page elsewhere can make a browser call 127.0.0.1: its
 * `Origin` gives it away, and its `Host` does when it bends its own name to this address.
 */
export function isLocal({ host, origin }: IncomingHttpHeaders): boolean {
  return isLocalUrl(`http://${host}`) && (origin === undefined || isLocalUrl(origin));
}

function isLocalUrl(url: string): boolean {
  return URL.canParse(url) && LOCAL_NAMES.has(new URL(url).hostname);
}
