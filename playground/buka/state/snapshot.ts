import { readStateFile } from '../../state-file';
import type { InboundText } from '../messages/inbox';
import type { SavedMessages } from '../messages/store';
import type { Provider } from '../provider';
import type { SavedBukaFaults } from '../strike';

/** The state that is kept between two runs, as plain JSON. The log of requests is not part of it. */
export interface Snapshot {
  version: 1;
  aheadMs: number;
  messages: SavedMessages;
  inbox: readonly InboundText[];
  /** Numbers that a request contained and that were never accepted. The rest of the ledger follows from the messages. */
  never: string[];
  accounts: { apiKey: string; balance: number; gift: number; credit: number }[];
  /** Missing in files of earlier versions. */
  faults?: SavedBukaFaults;
  /** What earlier versions called the faults. */
  weather?: SavedBukaFaults;
}

/** Undefined if there is no file yet. Throws if the file is not a snapshot of this version. */
export async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  const saved = (await readStateFile(path)) as Partial<Snapshot> | undefined;
  if (saved && saved.version !== 1)
    throw new Error('the state of the local Buka is of another version: remove its file');
  return saved as Snapshot | undefined;
}

export function takeSnapshot(provider: Provider): Snapshot {
  return {
    version: 1,
    aheadMs: provider.clock.aheadMs(),
    messages: provider.messages.save(),
    inbox: provider.inbox.all(),
    never: provider.ledger.never(),
    accounts: provider.accounts.map(({ apiKey, balance, gift, credit }) => ({
      apiKey,
      balance,
      gift,
      credit,
    })),
    faults: provider.faults.save(),
  };
}

/**
 * Restores a snapshot into a new provider. Reports of messages that are still on their way will be pushed. Accounts
 * that are no longer configured are left out. Faults are left out unless `keepsFaults`.
 */
export function restore(provider: Provider, snapshot: Snapshot, keepsFaults: boolean): void {
  const { clock, messages, inbox, ledger, reports, accounts, faults } = provider;
  clock.advance(snapshot.aheadMs - clock.aheadMs());
  messages.load(snapshot.messages);
  inbox.load([...snapshot.inbox]);
  for (const number of snapshot.never) ledger.recordRequested(number);
  const { number, orderId } = snapshot.messages.columns;
  number.forEach((accepted, index) => {
    ledger.accept(accepted, orderId[index] ?? '');
    if (messages.dueAtMs(index) > clock.transitNow()) reports.add(index);
  });
  for (const saved of snapshot.accounts) {
    const account = accounts.find(({ apiKey }) => apiKey === saved.apiKey);
    if (account) Object.assign(account, saved);
  }
  if (keepsFaults) faults.load(snapshot.faults ?? snapshot.weather ?? []);
}
