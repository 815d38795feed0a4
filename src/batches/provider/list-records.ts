import type { MessageStatus } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import type { AppContext } from '../app-context';
import type { Answer, ProviderClient, Turn } from './provider-client';

/** A record in the list of one sub-account: it belongs to a text that was sent with it. */
export interface ListedRecord extends MessageStatus {
  accountId: string;
  subAccount: string;
}

export function listedBy({ id, subAccount }: AccountSettings, record: MessageStatus): ListedRecord {
  return { ...record, accountId: id, subAccount };
}

/** Everything that an account sent in [start, end), each SMS once; or why the provider did not tell all of it. */
export async function listRecords(
  app: AppContext,
  { provider, account, ask }: ProviderClient,
  turn: Turn,
  start: Date,
  end: Date,
): Promise<Answer<ListedRecord[]>> {
  const records = new Map<string, ListedRecord>();
  const list = provider.queryMessageStatusByTimeRange(account, start, end, { signal: app.stopping });
  const pages = list[Symbol.asyncIterator]();
  try {
    for (;;) {
      const answer = await ask(turn, () => pages.next());
      if ('error' in answer) return answer;
      if (answer.result.done) return { result: [...records.values()] };
      // A later page is newer.
      for (const record of answer.result.value) records.set(record.messageId, listedBy(account, record));
    }
  } finally {
    await pages.return?.();
  }
}
