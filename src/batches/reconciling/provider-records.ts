import {
  type MessageStatus,
  type ProviderAccount,
  ProviderError,
  type SmsProvider,
} from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { openProviderClient, type ProviderClient } from '../provider/provider-client';
import type { Day } from './compared-texts.sql';

/**
 * The provider's records of a workspace, over all its accounts: people may have an app id of their own, and
 * may have got it only recently. Each call waits for the account's turn. All methods throw `ProviderError`.
 */
export interface ProviderRecords {
  provider: SmsProvider;
  /** One page at a time. A message that a page lists twice comes once. */
  pagesOfDay(day: Day): AsyncGenerator<MessageStatus[]>;
  /** The records of [start, end). */
  listBetween(start: Date, end: Date): Promise<MessageStatus[]>;
  /** Those of these ids that the provider does not know (yet). At most `maxIdsPerQuery` ids. */
  listUnknownIds(messageIds: string[]): Promise<Set<string>>;
}

/** Throws `ProviderError` where the workspace has no account. */
export async function openProviderRecords(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<ProviderRecords> {
  const batch = { tenant_id: key.tenantId, user_id: key.userId, channel: key.provider, id: null };
  const client = await openProviderClient(app, batch);
  if (!('call' in client)) {
    throw new ProviderError('no_account', 'account', 'This workspace has no account.');
  }
  const accounts = await app.accounts.list(key);
  const { provider } = client;
  const options = { signal: app.stopping };
  return {
    provider,
    async *pagesOfDay({ start, end }) {
      for (const account of accounts) {
        const pages = provider.pagesByTimeRange(account, start, end, options)[Symbol.asyncIterator]();
        for (;;) {
          const { done, value } = await callInTurn(client, () => pages.next());
          if (done) break;
          yield [...new Map((value as MessageStatus[]).map((one) => [one.messageId, one])).values()];
        }
      }
    },
    async listBetween(start, end) {
      const query = (account: ProviderAccount) =>
        provider.queryMessageStatusByTimeRange(account, start, end, options);
      const records = [];
      for (const account of accounts) {
        records.push((await callInTurn(client, () => query(account))).results);
      }
      return records.flat();
    },
    async listUnknownIds(messageIds) {
      const unknownIds = new Set(messageIds);
      for (const account of accounts) {
        if (unknownIds.size === 0) break;
        const query = () => provider.queryMessageStatusByIds(account, [...unknownIds], options);
        const { results } = await callInTurn(client, query);
        for (const { messageId, status } of results) if (status !== 'unknown') unknownIds.delete(messageId);
      }
      return unknownIds;
    },
  };
}

/** Shares the account's turns with tracking, takes them more rarely, and may wait longer for one. */
const TURN = { everyMs: 100, patienceMs: 60_000 };

async function callInTurn<T>(client: ProviderClient, query: () => Promise<T>): Promise<T> {
  const later = await client.waitForTurn(TURN);
  if (later) {
    throw new ProviderError('turn', 'busy', 'The account has too many other queries.', {
      retryAfterMs: later.snoozeMs,
    });
  }
  const reply = await client.call(query);
  if ('error' in reply) throw reply.error;
  return reply.result;
}
