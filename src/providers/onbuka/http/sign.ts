import { createHash } from 'node:crypto';
import type { BukaAccount } from '../credentials';

/**
 * The headers of every request. `Sign` is the MD5 in hex of key, secret and timestamp, joined without a separator (the
 * provider's documentation, "Sign Signature Rule"). The provider accepts a timestamp within 30 minutes of its own
 * clock, so each request is signed when it is sent, and no signature is kept.
 */
export function signHeaders(
  { apiKey, apiSecret }: Pick<BukaAccount, 'apiKey' | 'apiSecret'>,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    'Api-Key': apiKey,
    Timestamp: timestamp,
    Sign: createHash('md5').update(`${apiKey}${apiSecret}${timestamp}`).digest('hex'),
  };
}
