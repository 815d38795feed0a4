import { z } from 'zod';
import type { CallOptions } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { count } from '../http/reply-schemas';
import { type MessageRecord, readRecord } from './message-records';

export const MAX_IDS_PER_QUERY = 200;

const reportReply = z.object({ nofound: count, array: z.array(z.unknown()).nullish() });

export interface Report {
  records: MessageRecord[];
  /** How many of the ids the provider says it does not know (yet); null where it does not count them. */
  notFound: number | null;
}

/**
 * GET /getReport for at most 200 ids. Returns the provider's records; an id that it does not know yet is missing. Throws
 * `RangeError` for more ids, and `ProviderError`.
 */
export async function getReport(
  ask: Ask,
  account: BukaAccount,
  messageIds: string[],
  options?: CallOptions,
): Promise<Report> {
  const ids = [...new Set(messageIds)];
  if (ids.length > MAX_IDS_PER_QUERY) throw new RangeError(`one question takes ${MAX_IDS_PER_QUERY} ids`);
  if (ids.length === 0) return { records: [], notFound: 0 };
  const query = { appId: account.appId, msgIds: ids.join(',') };
  const request = { method: 'GET', path: '/getReport', query } as const;
  const reply = await question(ask, account, request, reportReply, options);
  // `-24`: it has no record of any of them.
  if (reply === null) return { records: [], notFound: ids.length };
  // An unreadable record is left out: its id stays unknown, which is safe.
  const records = (reply.array ?? []).map(readRecord).filter((record) => record !== null);
  return { records, notFound: reply.nofound };
}
