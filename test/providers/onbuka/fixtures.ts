import type { ProviderAccount } from '../../../src/providers/provider-account';
import type { Rejection, SendOutcome, Unclearness } from '../../../src/providers/send-outcome';
import type { OutgoingSms } from '../../../src/providers/sms-provider';

/** Key and secret of the example in the provider's documentation; NOW is its timestamp. */
export const credentials = {
  baseUrl: 'https://api.onbuka.test/v3',
  apiKey: 'bDqJFiq9',
  apiSecret: '7bz1lzh9',
};
export const account: ProviderAccount = { credentials, subAccount: '4luaKsL2' };

/** The same account at another address. */
export const accountAt = (baseUrl: string): ProviderAccount => ({
  ...account,
  credentials: { ...credentials, baseUrl },
});
export const SIGN = '05d7a50893e22a5c4bb3216ae3396c7c';
export const NOW_MS = 1_630_468_800_000;

/** A text to a synthetic number; the same index gives the same text. */
export function message(index: number, content = 'Hello'): OutgoingSms {
  return { orderId: `order-${index}`, recipientNumber: `+${numberOf(index)}`, content };
}

export const numberOf = (index: number) => String(8_613_800_138_000 + index);

export const messages = (count: number) => Array.from({ length: count }, (_, index) => message(index));

/** The whole outcome of a request with `message(0)` that was rejected: it may be sent later. */
export const rejected = (because: Omit<Rejection, 'kind'>): SendOutcome => ({
  accepted: [],
  refused: [],
  unclear: [],
  deferred: [{ orderId: 'order-0' }],
  because: { kind: 'rejected', ...because },
});

/** The same of one that may or may not have arrived. */
export const unclear = (because: Omit<Unclearness, 'kind'>): SendOutcome => ({
  accepted: [],
  refused: [],
  unclear: [{ orderId: 'order-0' }],
  deferred: [],
  because: { kind: 'unclear', ...because },
});

/** An accepted number as in the documentation. Its id has 19 digits, too many for a JavaScript number. */
export const entry = (index: number) => ({
  msgId: `2108021054011000${String(index).padStart(3, '0')}`,
  number: numberOf(index),
  orderId: `order-${index}`,
});
