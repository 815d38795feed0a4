import { createHash, timingSafeEqual } from 'node:crypto';
import type { ProviderWebhooks } from '../../provider-webhooks';
import { parseDeliveryReports } from './delivery-reports';
import { parseInbound } from './inbound-sms';
import { splitBody } from './webhook-bodies';

const KINDS = { '/buka/reports/': 'report', '/buka/inbound/': 'inbound' } as const;
const PATHS = Object.keys(KINDS) as (keyof typeof KINDS)[];

/**
 * Buka signs nothing: the last part of the path is a secret that only Buka was told. Without a secret nothing is received.
 * A report is believed only where it agrees with our own tables.
 */
export function createWebhooks(secret: string | null): ProviderWebhooks {
  const kindOf = (url: string) => {
    const { pathname } = new URL(url);
    const path = PATHS.find((one) => pathname.startsWith(one));
    const isKnown = path !== undefined && secret !== null && isEqual(pathname.slice(path.length), secret);
    return isKnown ? KINDS[path] : null;
  };
  return {
    paths: secret === null ? [] : PATHS,
    expects: ({ url }) => kindOf(url) !== null,
    async receive({ url, rawBody }) {
      const kind = kindOf(url);
      return kind && { kind, body: rawBody, accountIds: null };
    },
    parseDeliveryReports,
    parseInbound,
    splitBody,
  };
}

/** Compares in constant time: digests have one length, whatever the guess has. */
function isEqual(guess: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(guess), digest(secret));
}
