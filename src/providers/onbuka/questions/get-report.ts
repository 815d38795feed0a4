import { z } from 'zod';
import type { CallOptions, ProviderAccount } from '../../sms-provider';
import { type Ask, question } from '../http/ask';
import { mapConcurrently } from './map-concurrently';
import { type MessageRecord, readRecord } from './message-records';

export const MAX_IDS_PER_QUERY = 200;
const DEFAULT_CONCURRENCY = 4;

const reportReply = z.object({ array: z.array(z.unknown()).nullish() });

/**
 * GET /getReport for any number of ids, 200 a call, at most `concurrency` calls at a time. Returns the provider's
 * records; an id that it does not know yet is missing. `timeoutMs` applies to each call. Throws `ProviderError`.
 */
export async function getReport(
  ask: Ask,
  account: ProviderAccount,
  messageIds: string[],
  { concurrency = DEFAULT_CONCURRENCY, ...options }: CallOptions & { concurrency?: number } = {},
): Promise<MessageRecord[]> {
  const reports = await mapConcurrently(cut([...new Set(messageIds)]), concurrency, async (ids) => {
    const query = { appId: account.appId, msgIds: ids.join(',') };
    const request = { method: 'GET', path: '/getReport', query } as const;
    const reply = await question(ask, account, request, reportReply, options);
    // An unreadable record is left out: its id stays unknown, which is safe.
    return (reply?.array ?? []).map(readRecord).filter((record) => record !== null);
  });
  return reports.flat();
}

function cut(ids: string[]): string[][] {
  const callCount = Math.ceil(ids.length / MAX_IDS_PER_QUERY);
  return Array.from({ length: callCount }, (_, index) =>
    ids.slice(index * MAX_IDS_PER_QUERY, (index + 1) * MAX_IDS_PER_QUERY),
  );
}
