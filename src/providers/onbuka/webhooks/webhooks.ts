import type { ProviderWebhooks } from '../../provider-webhooks';
import { parseDeliveryReports } from './delivery-reports';
import { parseInbound } from './inbound-sms';
import { splitBody } from './webhook-bodies';

const KINDS = { '/buka/reports/': 'report', '/buka/inbound/': 'inbound' } as const;
const PATHS = Object.keys(KINDS) as (keyof typeof KINDS)[];
/** No secret is shorter or longer, nor has other characters: see BUKA_CALLBACK_SECRET. */
const SECRET = /^[\w-]{16,128}$/;

/**
 * Buka signs nothing: the last part of the path is a secret that only Buka was told. It says whose address it is; what comes
 * there is believed for that account only, and only where it agrees with our own tables.
 */
export function createWebhooks(): ProviderWebhooks {
  return {
    paths: PATHS,
    async expects({ url }, { atAddress }) {
      const address = readAddress(url);
      return address !== null && (await atAddress(address.secret)) !== null;
    },
    async receive({ url, rawBody }, { atAddress }) {
      const address = readAddress(url);
      const accountIds = address && (await atAddress(address.secret));
      return address && accountIds && { kind: address.kind, body: rawBody, accountIds };
    },
    parseDeliveryReports,
    parseInbound,
    splitBody,
  };
}

function readAddress(url: string): { kind: 'report' | 'inbound'; secret: string } | null {
  const { pathname } = new URL(url);
  const path = PATHS.find((one) => pathname.startsWith(one));
  const secret = path && pathname.slice(path.length);
  return path && secret && SECRET.test(secret) ? { kind: KINDS[path], secret } : null;
}
