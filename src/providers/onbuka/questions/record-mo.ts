import { z } from 'zod';
import type { InboundSms } from '../../provider-webhooks';
import { type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { count } from '../http/reply-schemas';
import { writeTime } from '../times';
import { readInboundSms } from '../webhooks/inbound-sms';
import { type Period, splitPeriod } from './periods';

/** The documentation says "at most a month"; no month is shorter than 28 days. */
const MAX_DAYS_PER_QUERY = 28;
const RECORDS_PER_PAGE = 100;
/** A million messages in 28 days: with more, the provider is assumed to repeat pages. */
const MAX_PAGES = 10_000;

const inboundReply = z.object({
  data: z.object({ pages: count, records: z.array(z.unknown()).nullable() }),
});

/**
 * POST /recordMo: inbound SMS of [start, end), 28 days and 100 messages a call. `timeoutMs` applies to each call.
 * Throws `ProviderError`.
 */
export async function recordMo(
  ask: Ask,
  account: BukaAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): Promise<InboundSms[]> {
  const messages: InboundSms[] = [];
  for (const period of splitPeriod(start, end, MAX_DAYS_PER_QUERY)) {
    for (const message of await readAllPages(ask, account, period, options)) {
      if (isWithin(message, period)) messages.push(message);
    }
  }
  return messages;
}

async function readAllPages(
  ask: Ask,
  account: BukaAccount,
  period: Period,
  options?: CallOptions,
): Promise<InboundSms[]> {
  const messages: InboundSms[] = [];
  for (let current = 1; current <= MAX_PAGES; current += 1) {
    const params = { strTime: writeTime(period.start), endTime: writeTime(period.end) };
    const body = { appId: account.appId, current, size: RECORDS_PER_PAGE, params };
    const request = { method: 'POST', path: '/recordMo', body } as const;
    const reply = await question(ask, account, request, inboundReply, options);
    const { pages = null, records = null } = reply?.data ?? {};
    messages.push(...(records ?? []).map(readInboundSms).filter((message) => message !== null));
    // A short page may be one that was cut off: without `pages`, only an empty one ends the loop.
    if ((records?.length ?? 0) === 0 || (pages !== null && current >= pages)) return messages;
  }
  throw new ProviderError('no_progress', 'busy', 'the list of inbound messages does not end');
}

/** Windows touch and may include both ends; the time of an SMS decides to which one it belongs. */
function isWithin({ receivedAt }: InboundSms, { start, end }: Period): boolean {
  if (receivedAt === null) return true;
  const receivedAtMs = Date.parse(receivedAt);
  return receivedAtMs >= start.getTime() && receivedAtMs < end.getTime();
}
