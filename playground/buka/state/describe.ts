import { amountsOf } from '../accounts/account';
import type { RequestEntry } from '../api/request-log';
import type { LedgerCounts } from '../messages/ledger';
import { listPhones, type Phone } from '../messages/phones';
import type { MessageState } from '../messages/store';
import type { Provider } from '../provider';
import type { BukaFaults } from '../strike';

const PHONES_SHOWN = 50;
const DOUBLED_SHOWN = 100;

/** The whole state in short, for the demo's panel and for tests in another process. */
export interface BukaState {
  ledger: LedgerCounts & { orderIds: { once: number; moreThanOnce: number }; doubled: string[] };
  messages: Record<MessageState, number>;
  accounts: { apiKey: string; appIds: string[]; balance: string; gift: string; credit: string }[];
  faults: ReturnType<BukaFaults['current']>;
  phones: Phone[];
  /** Calls by path, and the last ones. */
  calls: Readonly<Record<string, number>>;
  requests: readonly RequestEntry[];
  pushes: { taken: number; givenUp: number };
}

export function describeState(provider: Provider, pushes: BukaState['pushes']): BukaState {
  const { ledger, messages, inbox, faults, requests } = provider;
  const { once, moreThanOnce, never } = ledger.counts();
  return {
    ledger: {
      once,
      moreThanOnce,
      never,
      orderIds: ledger.orderIdCounts(),
      doubled: ledger.doubled().slice(0, DOUBLED_SHOWN),
    },
    messages: countStates(provider),
    accounts: provider.accounts.map((account) => ({
      apiKey: account.apiKey,
      appIds: account.appIds,
      ...amountsOf(account),
    })),
    faults: faults.current(),
    phones: listPhones(messages, inbox, PHONES_SHOWN),
    calls: requests.counts(),
    requests: requests.recent(),
    pushes,
  };
}

function countStates({ messages }: Provider): Record<MessageState, number> {
  const counts = { queued: 0, sending: 0, delivered: 0, failed: 0 };
  for (let index = 0; index < messages.size(); index++) counts[messages.stateAt(index)]++;
  return counts;
}
