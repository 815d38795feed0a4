import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../api/statuses';
import type { AppOptions } from '../buka-options';
import { fromMillionths, toMillionths } from './money';

const MAX_CLOCK_DIFFERENCE_MS = 30 * 60 * 1000;

/** One account. Amounts are in millionths. The account can spend the sum of all three. */
export interface Account {
  apiKey: string;
  apiSecret: string;
  appIds: string[];
  balance: number;
  gift: number;
  credit: number;
}

export function openAccount(options: AppOptions): Account {
  return {
    apiKey: options.apiKey,
    apiSecret: options.apiSecret,
    appIds: options.appIds,
    balance: toMillionths(options.balance ?? '100000'),
    gift: toMillionths(options.gift ?? '0'),
    credit: toMillionths(options.credit ?? '0'),
  };
}

/** MD5 hex of key, secret and timestamp: how every request is signed. */
export function signatureOf(apiKey: string, apiSecret: string, timestamp: string): string {
  return createHash('md5')
    .update(apiKey + apiSecret + timestamp)
    .digest('hex');
}

/** The account of a request. Throws Refusal: -1 for a wrong key or signature, -16 for a clock 30 minutes off. */
export function authenticate(accounts: Account[], headers: IncomingHttpHeaders, nowMs: number): Account {
  const account = accounts.find(({ apiKey }) => apiKey === headers['api-key']);
  const timestamp = headers.timestamp;
  const sign = headers.sign;
  if (!account || typeof timestamp !== 'string' || typeof sign !== 'string') throw new Refusal('-1');
  if (sign.toLowerCase() !== signatureOf(account.apiKey, account.apiSecret, timestamp)) {
    throw new Refusal('-1');
  }
  const isFresh =
    /^\d+$/.test(timestamp) && Math.abs(nowMs - Number(timestamp) * 1000) <= MAX_CLOCK_DIFFERENCE_MS;
  if (!isFresh) throw new Refusal('-16');
  return account;
}

/**
 * Takes `cost` from the balance, then the gift, then the credit. Throws Refusal -10 and takes nothing if they are not
 * enough together.
 */
export function charge(account: Account, cost: number): void {
  if (account.balance + account.gift + account.credit < cost) throw new Refusal('-10');
  let due = cost;
  for (const purse of ['balance', 'gift', 'credit'] as const) {
    const part = Math.min(due, account[purse]);
    account[purse] -= part;
    due -= part;
  }
}

export function amountsOf(account: Account): { balance: string; gift: string; credit: string } {
  return {
    balance: fromMillionths(account.balance),
    gift: fromMillionths(account.gift),
    credit: fromMillionths(account.credit),
  };
}
