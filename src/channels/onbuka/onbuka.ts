import type { Channel } from '../channel';
import { createAsk } from './ask';
import { type CallSettings, createCall } from './call';
import { parseReports } from './delivery-reports';
import { getBalance } from './get-balance';
import { MAX_IDS_PER_QUERY } from './get-report';
import { KEEPS_RECORDS_DAYS, RECORDS_PER_PAGE, sentPages } from './get-sent-rcd';
import { parseInbound } from './inbound-messages';
import { queryByIds, queryByTimeRange } from './query-status';
import { recordMo } from './record-mo';
import { MAX_MESSAGES_PER_SEND, sendBatch } from './send-batch';

const DEFAULTS: CallSettings = { timeoutMs: 30_000, connectTimeoutMs: 10_000, now: () => Date.now() };

/**
 * The Buka (onbuka) SMS API, v3, as a channel. Keeps connections alive for a few seconds between calls and nothing
 * else, so one channel serves all accounts and needs no closing. Limits are the provider's documented ones.
 */
export function createOnbukaChannel(options: Partial<CallSettings> = {}): Channel {
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
    parseReports,
    parseInbound,
  };
}
