import { z } from 'zod';
import { type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { writeTime } from '../times';
import { type MessageRecord, readRecord } from './message-records';
import { type Period, splitPeriod } from './periods';

export const MAX_DAYS_PER_QUERY = 31;
export const RECORDS_PER_PAGE = 50_000;
/** The minimum: the documentation says 90 to 120. */
export const KEEPS_RECORDS_DAYS = 90;
/** Several times 50,000 records of about 200 bytes, since each may also have a `pricedetail`. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** The list is required: a missing one read as empty would mean that nothing was sent. */
const sentReply = z.object({ array: z.array(z.unknown()).nullable() });

type AskPage = (startIndex: number) => Promise<MessageRecord[]>;

/**
 * GET /getSentRcd: everything sent in [start, end), in windows of 31 days, one page at a time: the next page is requested
 * when the caller is done with the one before. Windows touch, and it is not documented whether their ends are included, so
 * an SMS may be in two pages. The provider keeps 90 days and refuses older windows (`-25`). That refusal is thrown, since
 * the remaining windows alone would look complete. `timeoutMs` applies to each call. Throws `ProviderError`.
 */
export async function* sentPages(
  ask: Ask,
  account: BukaAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): AsyncGenerator<MessageRecord[]> {
  for (const period of splitPeriod(start, end, MAX_DAYS_PER_QUERY)) {
    yield* pagesOf((startIndex) => fetchPage(ask, account, period, startIndex, options));
  }
}

/**
 * The documentation calls `startIndex` "the starting subscript of the query". It is used here as an offset in records.
 * If it were a page number, the offset of the second page would be far beyond the end, and that page would be empty.
 * So after an empty second page the pages 1, 2, … are requested too. If it is an offset, they only repeat known
 * records.
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

/** Whether a page has a record that the page before it did not have. */
function hasNew(page: MessageRecord[], before: MessageRecord[]): boolean {
  const known = new Set(before.map((record) => record.messageId));
  return page.some((record) => !known.has(record.messageId));
}

async function fetchPage(
  ask: Ask,
  account: BukaAccount,
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
