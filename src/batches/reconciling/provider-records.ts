import { ProviderError } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { type ListedRecord, listedBy, listRecords } from '../provider/list-records';
import {
  type Answer,
  createProviderClient,
  PATIENT_TURN,
  type ProviderClient,
} from '../provider/provider-client';
import type { ProviderKey } from '../store/batches';
import type { Day } from './compared-texts.sql';
import { listAccountIds } from './compared-texts.sql';

/**
 * The records of one provider of a workspace, over all its accounts there: people may have a sub-account of their own, and
 * may have got it only recently. Each question waits for its account's turn. All methods throw `ProviderError`.
 */
export interface ProviderRecords {
  keepsRecordsDays: number;
  /** Ids that one call of `listUnknownIds` takes. */
  idsPerQuestion: number;
  /** One page at a time. A message that a page lists twice comes once. */
  pagesOfDay(day: Day): AsyncGenerator<ListedRecord[]>;
  /** The records of [start, end). */
  listBetween(start: Date, end: Date): Promise<ListedRecord[]>;
  /** Those of these ids that the provider does not know (yet). */
  listUnknownIds(messageIds: string[]): Promise<Set<string>>;
}

/** Throws `ProviderError` where the workspace has no account at the provider. */
export async function openProviderRecords(app: AppContext, key: ProviderKey): Promise<ProviderRecords> {
  const clients: ProviderClient[] = [];
  for (const accountId of await listAccountIds(app.db, key)) {
    for (const account of await app.accounts.listSubAccounts(accountId)) {
      clients.push(createProviderClient(app, account));
    }
  }
  const [first] = clients;
  if (!first) throw new ProviderError('no_account', 'account', 'This workspace has no account.');
  const { keepsRecordsDays, idsPerQuestion } = first.provider.capabilities;
  const options = { signal: app.stopping };
  return {
    keepsRecordsDays,
    idsPerQuestion,
    async *pagesOfDay({ start, end }) {
      for (const { provider, account, ask } of clients) {
        const list = provider.queryMessageStatusByTimeRange(account, start, end, options);
        const pages = list[Symbol.asyncIterator]();
        for (;;) {
          const page = resultOf(await ask(PATIENT_TURN, () => pages.next()));
          if (page.done) break;
          yield [...new Map(page.value.map((one) => [one.messageId, listedBy(account, one)])).values()];
        }
      }
    },
    async listBetween(start, end) {
      const records = [];
      for (const client of clients)
        records.push(resultOf(await listRecords(app, client, PATIENT_TURN, start, end)));
      return records.flat();
    },
    async listUnknownIds(messageIds) {
      const unknownIds = new Set(messageIds);
      for (const { provider, account, ask } of clients) {
        if (unknownIds.size === 0) break;
        const question = () => provider.queryMessageStatusByIds(account, [...unknownIds], options);
        const { results } = resultOf(await ask(PATIENT_TURN, question));
        for (const { messageId, status } of results) if (status !== 'unknown') unknownIds.delete(messageId);
      }
      return unknownIds;
    },
  };
}

function resultOf<T>(answer: Answer<T>): T {
  if ('error' in answer) throw answer.error;
  return answer.result;
}
