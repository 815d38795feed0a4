import { ProviderError } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { type ListedRecord, listedBy, listRecords } from '../provider/list-records';
import {
  type Answer,
  asItSent,
  createProviderClient,
  PATIENT_TURN,
  type ProviderClient,
} from '../provider/provider-client';
import type { ProviderKey } from '../store/batches';
import { idInAccount } from '../store/message-ids';
import { type Day, listAccountIds, listSentWith, type OurText } from './compared-texts.sql';

/**
 * The records of one provider of a workspace, over all its accounts there: people may have a sub-account of their own, and
 * may have got it only recently. Each question waits for its account's turn. All methods throw `ProviderError` where it was
 * not answered: a comparison of what is not known whole would show differences that are none.
 */
export interface ProviderRecords {
  keepsRecordsDays: number;
  /** Ids that one call of `askAbout` takes. */
  idsPerQuestion: number;
  /** One page at a time. A message that a page lists twice comes once. */
  pagesOfDay(day: Day): AsyncGenerator<ListedRecord[]>;
  /** The records of [start, end). */
  listBetween(start: Date, end: Date): Promise<ListedRecord[]>;
  /**
   * Asks about these texts by their ids. `unknown`: those that the provider does not know (yet), as `idInAccount` writes their
   * ids; `records`: what it says of the others.
   */
  askAbout(texts: OurText[]): Promise<{ unknown: Set<string>; records: ListedRecord[] }>;
}

/**
 * Also asks as what the workspace sent in these days, where that is another sub-account or address than today's. Throws
 * `ProviderError` where the workspace has no account at the provider.
 */
export async function openProviderRecords(
  app: AppContext,
  key: ProviderKey,
  days: Day[],
): Promise<ProviderRecords> {
  const clients = await openClients(app, key, days);
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
    async askAbout(texts) {
      const records: ListedRecord[] = [];
      const unknown = new Set(texts.map((one) => idInAccount(one.accountId, one.messageId)));
      for (const { provider, account, ask } of clients) {
        const ids = texts
          .filter(
            (one) => one.accountId === account.id && unknown.has(idInAccount(account.id, one.messageId)),
          )
          .map((one) => one.messageId);
        if (ids.length === 0) continue;
        const question = () => provider.queryMessageStatusByIds(account, ids, options);
        const { results, totalNotFound } = resultOf(await ask(PATIENT_TURN, question));
        // Where the provider does not say of each that it has no record, it may have one.
        const isTold = results.filter(({ status }) => status === 'unknown').length === totalNotFound;
        for (const one of results) {
          if (one.status !== 'unknown' || !isTold) unknown.delete(idInAccount(account.id, one.messageId));
          if (one.status !== 'unknown') records.push(listedBy(account, one));
        }
      }
      return { unknown, records };
    },
  };
}

async function openClients(app: AppContext, key: ProviderKey, days: Day[]): Promise<ProviderClient[]> {
  const clients = new Map<string, ProviderClient>();
  const add = (client: ProviderClient) => {
    const { provider, account } = client;
    const place = JSON.stringify([account.id, account.subAccount, provider.addressOf(account)]);
    if (!clients.has(place)) clients.set(place, client);
  };
  for (const accountId of await listAccountIds(app.db, key)) {
    for (const account of await app.accounts.listSubAccounts(accountId)) {
      add(createProviderClient(app, account));
    }
  }
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return [...clients.values()];
  for (const sentWith of await listSentWith(app.db, key, { start: first.start, end: last.end })) {
    const account = await app.accounts.find(sentWith.account_id, null);
    if (account) add(createProviderClient(app, asItSent(account, sentWith)));
  }
  return [...clients.values()];
}

function resultOf<T>(answer: Answer<T>): T {
  if (answer.kind === 'not_answered') throw answer.why;
  return answer.result;
}
