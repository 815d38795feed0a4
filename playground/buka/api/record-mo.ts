import { countryOf, priceDetailOf } from '../accounts/prices';
import type { InboundText } from '../messages/inbox';
import type { Route } from '../provider';
import { isObject } from './read-json';
import { Refusal, success } from './statuses';
import { isoTime, offsetlessTime, readPeriod } from './times';

/** Lists the inbound messages of a period of at most a month, 1 to 100 on a page. */
export const recordMo: Route = {
  path: 'recordMo',
  kind: 'query',
  answer(provider, { account, body }) {
    provider.admitQuery(account);
    const { appId, current, size, params } = isObject(body) ? body : {};
    if (typeof appId !== 'string' || !isObject(params)) throw new Refusal('-14');
    if (!account.appIds.includes(appId)) throw new Refusal('-1');
    const page = readCount(current, Number.MAX_SAFE_INTEGER);
    const pageSize = readCount(size, 100);
    const limits = { maxDays: 31, maxAgeDays: 120, nowMs: provider.clock.now() };
    const { startMs, endMs } = readPeriod(params.strTime, params.endTime, limits);

    const texts = provider.inbox
      .all()
      .filter((text) => text.appId === appId && text.receivedAtMs >= startMs && text.receivedAtMs <= endMs);
    return success({
      data: {
        total: String(texts.length),
        size: String(pageSize),
        current: String(page),
        pages: String(Math.ceil(texts.length / pageSize)),
        records: texts
          .slice((page - 1) * pageSize, page * pageSize)
          .map((text) => recordOf(text, provider.currency)),
      },
    });
  },
};

/** The same message as the provider pushes it. */
export function pushedInbound(text: InboundText, currency: string) {
  return {
    msgid: text.msgId,
    mobile: text.number,
    reply_time: offsetlessTime(text.receivedAtMs),
    content: text.content,
    sendid: text.senderId,
    mcc: Number(countryOf(text.number).mcc),
    mnc: -1,
    operator: 'Playground Mobile',
    pricedetail: priceDetailOf(text.number, text.content, currency),
  };
}

function recordOf(text: InboundText, currency: string) {
  return {
    number: text.number,
    sendId: text.senderId,
    receiveTime: isoTime(text.receivedAtMs),
    content: text.content,
    mcc: countryOf(text.number).mcc,
    mnc: '-1',
    operator: 'Playground Mobile',
    pricedetail: priceDetailOf(text.number, text.content, currency),
  };
}

function readCount(value: unknown, max: number): number {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > max) {
    throw new Refusal('-22');
  }
  return count;
}
