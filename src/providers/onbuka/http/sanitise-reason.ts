import type { BukaAccount } from '../credentials';

const MAX_CHARACTERS = 200;
/** Seven digits or more, also in groups: phone numbers, and message ids, which nobody needs here. */
const LONG_NUMBER = /\+?\d(?:[\s().-]{0,2}\d){6,}/gu;
const SIGNATURE = /\b[0-9a-f]{32}\b/giu;

/**
 * Makes the provider's words safe to log and to show: one line of at most 200 characters, without control or invisible
 * characters, phone numbers and credentials. Returns null when nothing is left.
 */
export function sanitiseReason(
  text: string | null,
  { apiKey, apiSecret }: Pick<BukaAccount, 'apiKey' | 'apiSecret'>,
): string | null {
  if (text === null) return null;
  let clean = text.replace(/\s/gu, ' ').replace(/\p{C}/gu, '').replace(/ +/g, ' ');
  for (const secret of [apiSecret, apiKey]) {
    if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  }
  clean = clean.replace(SIGNATURE, '[redacted]').replace(LONG_NUMBER, '[number]').trim();
  return [...clean].slice(0, MAX_CHARACTERS).join('') || null;
}
