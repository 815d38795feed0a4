import type { Account } from '../accounts/account';
import { Refusal } from './statuses';

/** Limits the calls of each account in one second of the clock. Throws Refusal -15 for further calls. */
export function admitAtMost(
  callsPerSecond: number | undefined,
  now: () => number,
): (account: Account) => void {
  if (callsPerSecond === undefined) return () => {};
  const seconds = new Map<Account, { second: number; calls: number }>();
  return (account) => {
    const second = Math.floor(now() / 1000);
    const last = seconds.get(account);
    const calls = last?.second === second ? last.calls + 1 : 1;
    seconds.set(account, { second, calls });
    if (calls > callsPerSecond) throw new Refusal('-15');
  };
}
