import {
  type MessageStatus,
  type ProviderAccount,
  ProviderError,
  type SmsProvider,
} from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { type Asking, openAsking } from '../provider/ask-in-turn';
import type { Day } from './compared-texts.sql';

/**
 * What the provider has of a workspace, over all its accounts: people may have an app id of their own, and may have
 * got it since. Each call waits for the account's turn. All throw `ProviderError`.
 */
export interface ProviderRecords {
  provider: SmsProvider;
  /** A page at a time; a message that comes twice in one page is one. */
  pagesOf(day: Day): AsyncGenerator<MessageStatus[]>;
  /** Of [start, end). */
  between(start: Date, end: Date): Promise<MessageStatus[]>;
  /** Which of these ids, at most `maxIdsPerQuery`, it knows nothing of (yet). */
  listUnheardOf(messageIds: string[]): Promise<Set<string>>;
}

/** Throws `ProviderError` where the workspace has no account. */
export async function openProviderRecords(
  app: AppContext,
  key: { tenantId: string; userId: string; provider: string },
): Promise<ProviderRecords> {
  const batch = { tenant_id: key.tenantId, user_id: key.userId, channel: key.provider, id: null };
  const asking = await openAsking(app, batch);
  if (!('ask' in asking)) throw new ProviderError('no_account', 'account', 'This workspace has no account.');
  const accounts = await app.accounts.list(key);
  const { provider } = asking;
  const options = { signal: app.stopping };
  return {
    provider,
    async *pagesOf({ start, end }) {
      for (const account of accounts) {
        const pages = provider.pagesByTimeRange(account, start, end, options)[Symbol.asyncIterator]();
        for (;;) {
          const { done, value } = await inTurn(asking, () => pages.next());
          if (done) break;
          yield [...new Map((value as MessageStatus[]).map((one) => [one.messageId, one])).values()];
        }
      }
    },
    async between(start, end) {
      const ask = (account: ProviderAccount) =>
        provider.queryMessageStatusByTimeRange(account, start, end, options);
      const records = [];
      for (const account of accounts) records.push((await inTurn(asking, () => ask(account))).results);
      return records.flat();
    },
    async listUnheardOf(messageIds) {
      const unheardOf = new Set(messageIds);
      for (const account of accounts) {
        if (unheardOf.size === 0) break;
        const ask = () => provider.queryMessageStatusByIds(account, [...unheardOf], options);
        const { results } = await inTurn(asking, ask);
        for (const { messageId, status } of results) if (status !== 'unknown') unheardOf.delete(messageId);
      }
      return unheardOf;
    },
  };
}

/** It shares the account's turns with tracking, takes them more rarely, and may wait longer for one. */
const TURN = { everyMs: 100, patienceMs: 60_000 };

async function inTurn<T>(asking: Asking, call: () => Promise<T>): Promise<T> {
  const later = await asking.turn(TURN);
  if (later) {
    throw new ProviderError('turn', 'busy', 'The account is asked too much else.', {
      retryAfterMs: later.laterMs,
    });
  }
  const reply = await asking.ask(call);
  if ('error' in reply) throw reply.error;
  return reply.answer;
}
