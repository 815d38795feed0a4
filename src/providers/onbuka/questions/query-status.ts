import type { CallOptions, MessageStatusList } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import type { Ask } from '../http/ask';
import { getReport } from './get-report';
import type { MessageRecord } from './message-records';

/**
 * Each id is in the results once, in the given order. The totals are counted from the results, but `totalNotFound` is no more
 * than the reply counts: it says nothing of an id that it leaves out and does not count. Throws `RangeError` for too many
 * ids, and `ProviderError`.
 */
export async function queryByIds(
  ask: Ask,
  account: BukaAccount,
  messageIds: string[],
  options?: CallOptions,
): Promise<MessageStatusList> {
  const { records, notFound } = await getReport(ask, account, messageIds, options);
  const known = new Map(records.map((record) => [record.messageId, record]));
  const results = [...new Set(messageIds)].map((messageId) => known.get(messageId) ?? noRecord(messageId));
  const missing = results.filter(({ messageId }) => !known.has(messageId)).length;
  const total = { delivered: 0, failed: 0, sending: 0, unknown: 0 };
  for (const { status } of results) total[status] += 1;
  return {
    results,
    totalSuccess: total.delivered,
    totalFail: total.failed,
    totalSending: total.sending,
    totalNotFound: Math.min(missing, notFound ?? 0),
  };
}

function noRecord(messageId: string): MessageRecord {
  return { messageId, orderId: null, recipientNumber: '', status: 'unknown', sendTime: null };
}
