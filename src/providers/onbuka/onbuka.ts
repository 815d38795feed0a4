import type { ProviderAccount } from '../provider-account';
import type { SmsProvider } from '../sms-provider';
import { type BukaAccount, bukaCredentials, readAccount } from './credentials';
import { type Ask, createAsk } from './http/ask';
import { type CallSettings, createCall } from './http/call';
import { getBalance } from './questions/get-balance';
import { MAX_IDS_PER_QUERY } from './questions/get-report';
import {
  KEEPS_RECORDS_DAYS,
  MAX_DAYS_PER_QUERY,
  RECORDS_PER_PAGE,
  sentPages,
} from './questions/get-sent-rcd';
import { queryByIds } from './questions/query-status';
import { recordMo } from './questions/record-mo';
import { MAX_CHARACTERS, MAX_MESSAGES_PER_SEND, sendBatch } from './sending/send-batch';
import { createWebhooks } from './webhooks/webhooks';

const DEFAULTS: CallSettings = {
  timeoutMs: 30_000,
  connectTimeoutMs: 10_000,
  now: () => Date.now(),
};

/**
 * The Buka (onbuka) SMS API, v3, as an SMS provider. Its only state is connections that stay open for a few seconds
 * between calls, so one instance serves all accounts and needs no closing. The limits are the documented ones.
 */
export function createOnbukaProvider(options: Partial<CallSettings> = {}): SmsProvider {
  const settings = { ...DEFAULTS, ...options };
  const ask = createAsk(createCall(settings));
  return {
    capabilities: {
      textsPerRequest: MAX_MESSAGES_PER_SEND,
      longestText: MAX_CHARACTERS,
      idsPerQuestion: MAX_IDS_PER_QUERY,
      recordsPerPage: RECORDS_PER_PAGE,
      rangeDays: MAX_DAYS_PER_QUERY,
      keepsRecordsDays: KEEPS_RECORDS_DAYS,
      // A record is there within seconds. How long people are kept waiting is a setting (UNCERTAIN_SETTLE_MINUTES).
      settleMs: 0,
      tellsOrderId: false,
      repeatIsSafe: false,
    },
    credentials: bukaCredentials,
    addressOf: (account) => readAccount(account).baseUrl,
    webhooks: createWebhooks(),
    sendSmsBatch: asBuka(ask, sendBatch),
    queryMessageStatusByIds: asBuka(ask, queryByIds),
    queryMessageStatusByTimeRange: asBuka(ask, sentPages),
    getBalance: asBuka(ask, getBalance),
    listInboundMessages: asBuka(ask, recordMo),
  };
}

/** A function of this folder as the port has it: with the account's credentials read. */
function asBuka<More extends unknown[], Result>(
  ask: Ask,
  act: (ask: Ask, account: BukaAccount, ...more: More) => Result,
): (account: ProviderAccount, ...more: More) => Result {
  return (account, ...more) => act(ask, readAccount(account), ...more);
}
