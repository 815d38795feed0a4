import type { ProviderAccount } from '../../sms-provider';

const MAX_CHARACTERS = 200;
/** Seven digits or more, also in groups: phone numbers above all, and message ids, which are no loss here. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){6,}/gu;
const SIGNATURE = /\b[0-9a-f]{32}\b/giu;

/**
 * The provider's words as they may be logged and shown: one line, at most 200 characters, without control or
 * invisible characters, phone numbers or credentials. Null where nothing is left.
 */
export function sanitiseReason(
  text: string | null,
  { apiKey, apiSecret }: Pick<ProviderAccount, 'apiKey' | 'apiSecret'>,
): string | null {
  if (text === null) return null;
  let clean = text.replace(/\s/gu, ' ').replace(/\p{C}/gu, '').replace(/ +/g, ' ');
  for (const secret of [apiSecret, apiKey]) {
    if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  }
  clean = clean.replace(SIGNATURE, '[redacted]').replace(LONG_NUMBER, '[number]').trim();
  return [...clean].slice(0, MAX_CHARACTERS).join('') || null;
}
