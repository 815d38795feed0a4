import { amountsOf } from '../accounts/account';
import { priceDetailOf } from '../accounts/prices';
import type { Message, MessageState } from '../messages/store';
import type { Call, Provider, Route } from '../provider';
import { Refusal, success } from './statuses';
import { isoTime, readPeriod } from './times';

const MAX_IDS = 200;
const MAX_RECORDS = 50_000;

/** Asks for the state of up to 200 messages. A queued message is not known yet: it counts as `nofound`. */
export const getReport: Route = {
  path: 'getReport',
  kind: 'query',
  answer(provider, call) {
    provider.admitQuery(call.account);
    const appId = appIdOf(call);
    const ids = readIds(call.params.get('msgIds'));
    const known = ids.map((id) => find(provider, appId, id)).filter((message) => message !== undefined);
    const count = (state: MessageState) => String(known.filter((message) => message.state === state).length);
    return success({
      success: count('delivered'),
      fail: count('failed'),
      sending: count('sending'),
      nofound: String(ids.length - known.length),
      array: known.map((message) => ({
        msgId: message.msgId,
        number: message.number,
        receiveTime: isoTime(isFinal(message) ? message.finalAtMs : message.acceptedAtMs),
        status: REPORT_STATUS[message.state],
      })),
    });
  },
};

/** Everything accepted in a period: at most 31 days, within the last 90 days, 50,000 records in one reply. */
export const getSentRcd: Route = {
  path: 'getSentRcd',
  kind: 'query',
  answer(provider, call) {
    provider.admitQuery(call.account);
    const appId = appIdOf(call);
    const limits = { maxDays: 31, maxAgeDays: 90, nowMs: provider.clock.now() };
    const { startMs, endMs } = readPeriod(call.params.get('startTime'), call.params.get('endTime'), limits);
    const records = recordsFrom(provider, appId, startMs, endMs, readStartIndex(provider, call));
    if (records.length === 0 && provider.quirks.noDataIsAnError) throw new Refusal('-24');
    const count = (state: MessageState) => String(records.filter((record) => record.state === state).length);
    return success({
      success: count('delivered'),
      fail: count('failed'),
      array: records.map((record) => sentRecord(provider, record)),
    });
  },
};

export const getBalance: Route = {
  path: 'getBalance',
  kind: 'query',
  answer(provider, { account }) {
    provider.admitQuery(account);
    return success(amountsOf(account));
  },
};

/** A failed message is 1 in getReport and 2 in getSentRcd, as the documentation says. */
const REPORT_STATUS = { delivered: '0', failed: '1', sending: '-1', queued: '-1' } as const;
const SENT_STATUS = { ...REPORT_STATUS, failed: '2' } as const;

function appIdOf({ account, params }: Call): string {
  const appId = params.get('appId');
  if (!appId) throw new Refusal('-14');
  if (!account.appIds.includes(appId)) throw new Refusal('-1');
  return appId;
}

function readIds(list: string | null): string[] {
  const ids = list ? list.split(',') : [];
  if (ids.length === 0 || !ids.every((id) => /^\d{1,30}$/.test(id))) throw new Refusal('-14');
  if (ids.length > MAX_IDS) throw new Refusal('-22');
  return ids;
}

function find({ messages }: Provider, appId: string, id: string): Message | undefined {
  const index = messages.indexOf(id);
  const message = index === undefined ? undefined : messages.at(index);
  return message?.appId === appId && message.state !== 'queued' ? message : undefined;
}

function readStartIndex({ quirks }: Provider, { params }: Call): number {
  const startIndex = params.get('startIndex') ?? '0';
  if (!/^\d{1,12}$/.test(startIndex)) throw new Refusal('-22');
  return Number(startIndex) * (quirks.startIndexCountsPages ? MAX_RECORDS : 1);
}

/** A message has a record as soon as it has left the queue. */
function recordsFrom(
  { messages }: Provider,
  appId: string,
  startMs: number,
  endMs: number,
  skip: number,
): Message[] {
  const records: Message[] = [];
  let skipped = 0;
  for (let index = 0; index < messages.size() && records.length < MAX_RECORDS; index++) {
    const acceptedAtMs = messages.acceptedAtMs(index);
    if (acceptedAtMs < startMs || acceptedAtMs > endMs) continue;
    const message = messages.at(index);
    if (message.appId !== appId || message.state === 'queued') continue;
    if (skipped++ >= skip) records.push(message);
  }
  return records;
}

function sentRecord({ quirks, currency }: Provider, message: Message) {
  const { msgId, number, content, state } = message;
  const usesOutcomeTime = quirks.receiveTimeIsOutcomeTime && isFinal(message);
  return {
    msgId,
    number,
    receiveTime: isoTime(usesOutcomeTime ? message.finalAtMs : message.acceptedAtMs),
    status: SENT_STATUS[state],
    ...(quirks.priceInSentRecords && { pricedetail: priceDetailOf(number, content, currency) }),
  };
}

function isFinal({ state }: Message): boolean {
  return state === 'delivered' || state === 'failed';
}
