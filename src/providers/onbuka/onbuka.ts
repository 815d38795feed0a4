import type { SmsProvider } from '../sms-provider';
import { createAsk } from './http/ask';
import { type CallSettings, createCall } from './http/call';
import { getBalance } from './questions/get-balance';
import { MAX_IDS_PER_QUERY } from './questions/get-report';
import { KEEPS_RECORDS_DAYS, RECORDS_PER_PAGE, sentPages } from './questions/get-sent-rcd';
import { queryByIds, queryByTimeRange } from './questions/query-status';
import { recordMo } from './questions/record-mo';
import { MAX_MESSAGES_PER_SEND, sendBatch } from './sending/send-batch';
import { parseDeliveryReports } from './webhooks/delivery-reports';
import { parseInbound } from './webhooks/inbound-sms';

const DEFAULTS: CallSettings = { timeoutMs: 30_000, connectTimeoutMs: 10_000, now: () => Date.now() };

/**
 * The Buka (onbuka) SMS API, v3, as an SMS provider. Its only state is connections that stay open for a few seconds
 * between calls, so one instance serves all accounts and needs no closing. The limits are the documented ones.
 */
export function createOnbukaProvider(options: Partial<CallSettings> = {}): SmsProvider {
  const ask = createAsk(createCall({ ...DEFAULTS, ...options }));
  return {
    maxMessagesPerSend: MAX_MESSAGES_PER_SEND,
    maxIdsPerQuery: MAX_IDS_PER_QUERY,
    maxRecordsPerPage: RECORDS_PER_PAGE,
    keepsRecordsDays: KEEPS_RECORDS_DAYS,
    sendSmsBatch: (account, request, callOptions) => sendBatch(ask, account, request, callOptions),
    queryMessageStatusByIds: (account, messageIds, callOptions) =>
      queryByIds(ask, account, messageIds, callOptions),
    queryMessageStatusByTimeRange: (account, start, end, callOptions) =>
      queryByTimeRange(ask, account, start, end, callOptions),
    pagesByTimeRange: (account, start, end, callOptions) => sentPages(ask, account, start, end, callOptions),
    getBalance: (account, callOptions) => getBalance(ask, account, callOptions),
    listInboundMessages: (account, start, end, callOptions) =>
      recordMo(ask, account, start, end, callOptions),
    parseDeliveryReports,
    parseInbound,
  };
}
