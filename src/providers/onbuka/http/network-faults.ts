import type { CallResult } from './call-result';

/**
 * What a failed request proves. A connection that was never established carried nothing, so the same request may be
 * sent again. Any other request may have reached the provider, which charges what it accepts: it is lost, not failed.
 */
export function explainNetworkFault(error: unknown, wasEstablished: boolean): CallResult {
  const code = codeOf(error);
  if (!wasEstablished && !PROVES_NOTHING.has(code)) {
    const known = BEFORE_CONNECTED[code] ?? { code: 'connect_failed', reason: 'no connection could be made' };
    return { kind: 'unsent', fault: 'retryable', ...known };
  }
  if (/^(HPE_|Z_|ERR_BROTLI)/.test(code)) {
    return { kind: 'lost', cause: 'unreadable_reply', reason: 'the reply is damaged' };
  }
  return {
    kind: 'lost',
    cause: 'connection_lost',
    reason: 'the connection broke before the whole reply came',
  };
}

/**
 * Mostly seen on open connections. Before a connection is established they would be harmless, but an unnecessary
 * "unknown" costs one question to the provider, while a wrong "not sent" costs a second SMS.
 */
const PROVES_NOTHING: ReadonlySet<string> = new Set([
  '',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_CANCELED',
]);

const BEFORE_CONNECTED: Readonly<Record<string, { code: string; reason: string }>> = {
  ECONNREFUSED: { code: 'connect_refused', reason: 'the provider refuses connections' },
  ENOTFOUND: { code: 'name_not_found', reason: "the provider's host name is not known" },
  EAI_AGAIN: { code: 'name_not_found', reason: "the provider's host name cannot be looked up now" },
  EHOSTUNREACH: { code: 'unreachable', reason: 'the provider cannot be reached from here' },
  ENETUNREACH: { code: 'unreachable', reason: 'the provider cannot be reached from here' },
  ETIMEDOUT: { code: 'connect_timeout', reason: 'no connection could be made in time' },
  CONNECT_TIMEOUT: { code: 'connect_timeout', reason: 'no connection could be made in time' },
};

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
