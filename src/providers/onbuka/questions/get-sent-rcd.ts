import { z } from 'zod';
import { type CallOptions, type ProviderAccount, ProviderError } from '../../sms-provider';
import { type Ask, question } from '../http/ask';
import { writeTime } from '../times';
import { type MessageRecord, readRecord } from './message-records';
import { type Period, splitPeriod } from './periods';

const MAX_DAYS_PER_QUERY = 31;
export const RECORDS_PER_PAGE = 50_000;
/** At least: it says 90 to 120. */
export const KEEPS_RECORDS_DAYS = 90;
/** 50,000 records of some 200 bytes, several times over, since `pricedetail` may be added to each. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** The list must be there: read as empty when it is not, it would say that nothing was sent. */
const sentReply = z.object({ array: z.array(z.unknown()).nullable() });

type AskPage = (startIndex: number) => Promise<MessageRecord[]>;

/**
 * GET /getSentRcd: everything sent in [start, end), in windows of 31 days, each message once. The provider keeps 90
 * days and refuses older windows (`-25`), which is thrown, since the rest alone would look complete. The call's
 * deadline is for each call. Throws `ProviderError`.
 */
export async function getSentRcd(
  ask: Ask,
  account: ProviderAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): Promise<MessageRecord[]> {
  // Windows touch, and whether their ends are included is not documented: a message met twice is kept once. A later
  // page is fresher and replaces.
  const records = new Map<string, MessageRecord>();
  for await (const page of sentPages(ask, account, start, end, options)) {
    for (const record of page) records.set(record.messageId, record);
  }
  return [...records.values()];
}

/** The same, a page at a time: the next is asked for when the one before is done with. */
export async function* sentPages(
  ask: Ask,
  account: ProviderAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): AsyncGenerator<MessageRecord[]> {
  for (const period of splitPeriod(start, end, MAX_DAYS_PER_QUERY)) {
    yield* pagesOf((startIndex) => fetchPage(ask, account, period, startIndex, options));
  }
}

/**
 * `startIndex` is "the starting subscript of the query", read here as an offset in records. Were it the number of
 * a page, the offset of the second page would lie far beyond the end and come back empty; so an empty second page
 * is asked for again as page 1, 2, …, which under the first reading only repeats what is known.
 */
async function* pagesOf(askPage: AskPage): AsyncGenerator<MessageRecord[]> {
  let page = await askPage(0);
  if (page.length > 0) yield page;
  const firstIds = new Set([page[0]?.messageId]);
  for (let offset = page.length; page.length >= RECORDS_PER_PAGE; offset += page.length) {
    const next = await askPage(offset);
    if (next.length === 0) {
      if (offset === page.length) yield* pagesByNumber(askPage, page);
      return;
    }
    const [first] = next;
    if (firstIds.has(first?.messageId)) {
      throw new ProviderError('no_progress', 'busy', 'the provider repeats a page of its records');
    }
    firstIds.add(first?.messageId);
    page = next;
    yield page;
  }
}

async function* pagesByNumber(askPage: AskPage, firstPage: MessageRecord[]): AsyncGenerator<MessageRecord[]> {
  let before = firstPage;
  for (let pageNumber = 1; before.length >= RECORDS_PER_PAGE; pageNumber += 1) {
    const page = await askPage(pageNumber);
    if (!hasNew(page, before)) return;
    yield page;
    before = page;
  }
}

/** Whether a page tells of a message that the one before it did not. */
function hasNew(page: MessageRecord[], before: MessageRecord[]): boolean {
  const known = new Set(before.map((record) => record.messageId));
  return page.some((record) => !known.has(record.messageId));
}

async function fetchPage(
  ask: Ask,
  account: ProviderAccount,
  period: Period,
  startIndex: number,
  options?: CallOptions,
): Promise<MessageRecord[]> {
  const query = {
    appId: account.appId,
    startTime: writeTime(period.start),
    endTime: writeTime(period.end),
    startIndex: String(startIndex),
  };
  const request = { method: 'GET', path: '/getSentRcd', query, maxReplyBytes: MAX_REPLY_BYTES } as const;
  const reply = await question(ask, account, request, sentReply, options);
  return (reply?.array ?? []).map((value) => {
    const record = readRecord(value);
    if (record) return record;
    throw new ProviderError('unreadable_reply', 'busy', 'a record of the provider has no message id');
  });
}
