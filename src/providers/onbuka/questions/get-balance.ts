import { z } from 'zod';
import { type Balance, type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { decimal } from '../http/reply-schemas';

const balanceReply = z.object({ balance: decimal, gift: decimal, credit: decimal });

/**
 * GET /getBalance. The spendable amount is balance, gift and credit together; the documentation names no currency. Throws
 * `ProviderError`.
 */
export async function getBalance(ask: Ask, account: BukaAccount, options?: CallOptions): Promise<Balance> {
  const reply = await question(ask, account, { method: 'GET', path: '/getBalance' }, balanceReply, options);
  if (!reply?.balance) throw new ProviderError('unreadable_reply', 'busy', 'the reply holds no balance');
  const { balance, gift, credit } = reply;
  const parts = [
    { name: 'balance', amount: balance },
    { name: 'gift', amount: gift ?? '0' },
    { name: 'credit', amount: credit ?? '0' },
  ];
  return { spendable: addDecimals(parts.map(({ amount }) => amount)), currency: null, parts };
}

/** Exact for any number of digits: with floats 0.1 and 0.2 would be 0.30000000000000004. */
function addDecimals(amounts: string[]): string {
  const scale = Math.max(...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  const sum = amounts.reduce((total, amount) => total + toUnits(amount, scale), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0');
  const sign = sum < 0n ? '-' : '';
  const whole = digits.slice(0, digits.length - scale);
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

function toUnits(amount: string, scale: number): bigint {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
