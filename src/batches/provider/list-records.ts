import type { MessageStatus } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import type { AppContext } from '../app-context';
import { callOptions, outOfTime, within } from './deadline';
import type { Answer, ProviderClient, Turn } from './provider-client';

/** A record in the list of one sub-account: it belongs to a text that was sent with it. */
export interface ListedRecord extends MessageStatus {
  accountId: string;
  subAccount: string;
  /** Null: the address of the account as it is today. */
  address: string | null;
}

export function listedBy({ id, subAccount, address }: AccountSettings, record: MessageStatus): ListedRecord {
  return { ...record, accountId: id, subAccount, address: address ?? null };
}

/**
 * Everything that an account sent in [start, end), each SMS once; or why the provider did not tell all of it. `endAt`: when it
 * must be over, by `performance.now`.
 */
export async function listRecords(
  app: AppContext,
  { provider, account, ask }: ProviderClient,
  turn: Turn,
  start: Date,
  end: Date,
  endAt = Number.POSITIVE_INFINITY,
): Promise<Answer<ListedRecord[]>> {
  const records = new Map<string, ListedRecord>();
  const list = provider.queryMessageStatusByTimeRange(account, start, end, callOptions(app, endAt));
  const pages = list[Symbol.asyncIterator]();
  try {
    for (;;) {
      if (performance.now() >= endAt) return outOfTime();
      const answer = await ask(within(turn, endAt), () => pages.next());
      if (answer.kind === 'not_answered') return answer;
      if (answer.result.done) return { kind: 'answered', result: [...records.values()] };
      // A later page is newer.
      for (const record of answer.result.value) records.set(record.messageId, listedBy(account, record));
    }
  } finally {
    await pages.return?.();
  }
}
