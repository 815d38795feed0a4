import { z } from 'zod';
import { type Balance, type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { addDecimals, type ReadAmount, readAmount } from './read-amount';

/** As it came: an amount that cannot be read is shown so. */
const written = z
  .unknown()
  .optional()
  .transform((value) => {
    if (value === undefined || value === null || value === '') return null;
    return (typeof value === 'string' ? value : JSON.stringify(value)).trim().slice(0, MAX_CHARACTERS);
  });
const MAX_CHARACTERS = 60;
const balanceReply = z.object({ balance: written, gift: written, credit: written });
const PARTS = ['balance', 'gift', 'credit'] as const;

/**
 * GET /getBalance. The spendable amount is balance, gift and credit together; the documentation names no currency. A part that
 * is missing counts 0; one that cannot be read for certain makes the sum unknown, and is shown as it was written. Throws
 * `ProviderError` where the reply has no balance at all.
 */
export async function getBalance(ask: Ask, account: BukaAccount, options?: CallOptions): Promise<Balance> {
  const reply = await question(ask, account, { method: 'GET', path: '/getBalance' }, balanceReply, options);
  if (!reply?.balance) throw new ProviderError('unreadable_reply', 'busy', 'the reply holds no balance');
  const parts = PARTS.map((name) => ({ name, written: reply[name] ?? '0' }));
  const read = parts.map((part) => readAmount(part.written));
  const amounts = read.filter((one): one is ReadAmount => one !== null);
  const currencies = [...new Set(amounts.flatMap(({ currency }) => currency ?? []))];
  const isKnown = amounts.length === parts.length && currencies.length <= 1;
  return {
    spendable: isKnown ? addDecimals(amounts.map(({ amount }) => amount)) : null,
    currency: (isKnown && currencies[0]) || null,
    parts: parts.map((part, index) => ({
      ...part,
      amount: currencies.length > 1 ? null : (read[index]?.amount ?? null),
    })),
  };
}
