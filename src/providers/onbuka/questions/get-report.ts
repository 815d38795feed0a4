import { z } from 'zod';
import type { CallOptions } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { type MessageRecord, readRecord } from './message-records';

export const MAX_IDS_PER_QUERY = 200;

const reportReply = z.object({ array: z.array(z.unknown()).nullish() });

/**
 * GET /getReport for at most 200 ids. Returns the provider's records; an id that it does not know yet is missing. Throws
 * `RangeError` for more ids, and `ProviderError`.
 */
export async function getReport(
  ask: Ask,
  account: BukaAccount,
  messageIds: string[],
  options?: CallOptions,
): Promise<MessageRecord[]> {
  const ids = [...new Set(messageIds)];
  if (ids.length > MAX_IDS_PER_QUERY) throw new RangeError(`one question takes ${MAX_IDS_PER_QUERY} ids`);
  if (ids.length === 0) return [];
  const query = { appId: account.appId, msgIds: ids.join(',') };
  const request = { method: 'GET', path: '/getReport', query } as const;
  const reply = await question(ask, account, request, reportReply, options);
  // An unreadable record is left out: its id stays unknown, which is safe.
  return (reply?.array ?? []).map(readRecord).filter((record) => record !== null);
}
