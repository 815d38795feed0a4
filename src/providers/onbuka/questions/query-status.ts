import type { CallOptions, MessageStatus, MessageStatusList, ProviderAccount } from '../../sms-provider';
import type { Ask } from '../http/ask';
import { getReport } from './get-report';
import { getSentRcd } from './get-sent-rcd';

/** Each id is in the results once, in the given order; see `SmsProvider.queryMessageStatusByIds`. */
export async function queryByIds(
  ask: Ask,
  account: ProviderAccount,
  messageIds: string[],
  options?: CallOptions & { concurrency?: number },
): Promise<MessageStatusList> {
  const records = await getReport(ask, account, messageIds, options);
  const known = new Map(records.map((record) => [record.messageId, record]));
  return summarise(
    [...new Set(messageIds)].map(
      (messageId) =>
        known.get(messageId) ?? { messageId, recipientNumber: '', status: 'unknown', sendTime: null },
    ),
  );
}

/** Everything sent in [start, end); see `SmsProvider.queryMessageStatusByTimeRange`. */
export async function queryByTimeRange(
  ask: Ask,
  account: ProviderAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): Promise<MessageStatusList> {
  return summarise(await getSentRcd(ask, account, start, end, options));
}

/**
 * The totals are counted from the results, so they always add up; the provider's own counts over several calls need
 * not. `totalNotFound` counts every result with status `unknown`.
 */
function summarise(results: MessageStatus[]): MessageStatusList {
  const total = { delivered: 0, failed: 0, sending: 0, unknown: 0 };
  for (const { status } of results) total[status] += 1;
  return {
    results,
    totalSuccess: total.delivered,
    totalFail: total.failed,
    totalSending: total.sending,
    totalNotFound: total.unknown,
  };
}
