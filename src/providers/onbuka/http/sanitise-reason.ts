import { cleanReason } from '../../clean-reason';
import type { BukaAccount } from '../credentials';

const SIGNATURE = /\b[0-9a-f]{32}\b/giu;

/** The provider's words as `cleanReason` leaves them, without the account's credentials too. Null when nothing is left. */
export function sanitiseReason(
  text: string | null,
  { apiKey, apiSecret }: Pick<BukaAccount, 'apiKey' | 'apiSecret'>,
): string | null {
  if (text === null) return null;
  let open = text;
  for (const secret of [apiSecret, apiKey]) {
    if (secret !== '') open = open.replaceAll(secret, '[redacted]');
  }
  return cleanReason(open.replace(SIGNATURE, '[redacted]'));
}
