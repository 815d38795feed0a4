import { z } from 'zod';
import { type CallOptions, ProviderError } from '../../sms-provider';
import type { BukaAccount } from '../credentials';
import { type Ask, question } from '../http/ask';
import { count } from '../http/reply-schemas';
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
const sentReply = z.object({ success: count, fail: count, array: z.array(z.unknown()).nullable() });

interface Page {
  records: MessageRecord[];
  /** The reply's own counts, of this page or of all pages; null where it does not count. */
  counts: Counts | null;
}

interface Counts {
  delivered: number;
  failed: number;
}

/** With more, the provider is assumed to make up pages. */
const MAX_PAGES = 1_000;

type AskPage = (startIndex: number) => Promise<Page>;

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
 *
 * A short page may be one that was cut off: it is the last one only where the reply's own counts agree with it, or where the
 * next one is empty or the same again.
 */
async function* pagesOf(askPage: AskPage): AsyncGenerator<MessageRecord[]> {
  const known = new Set<string>();
  const total: Counts = { delivered: 0, failed: 0 };
  for (let offset = 0, page = 0; page < MAX_PAGES; page += 1) {
    const { records, counts } = await askPage(offset);
    const isFull = records.length >= RECORDS_PER_PAGE;
    if (records.length === 0) {
      if (counts && counts.delivered + counts.failed > known.size) throw cutOff();
      if (offset === RECORDS_PER_PAGE) yield* pagesByNumber(askPage, known);
      return;
    }
    const [first] = records;
    if (first && known.has(first.messageId)) {
      // A server that does not read `startIndex` gives all it has each time; a full page of it is not all.
      if (isFull || !records.every((one) => known.has(one.messageId))) throw noProgress();
      return;
    }
    for (const { messageId } of records) known.add(messageId);
    yield records;
    const onPage = countOutcomes(records);
    total.delivered += onPage.delivered;
    total.failed += onPage.failed;
    offset += records.length;
    const isWhole = agree(counts, onPage) || agree(counts, total);
    if (!isFull && isWhole && isAllFinal(records)) return;
  }
  throw noProgress();
}

function countOutcomes(records: MessageRecord[]): Counts {
  const count = (status: string) => records.filter((one) => one.status === status).length;
  return { delivered: count('delivered'), failed: count('failed') };
}

const agree = (counts: Counts | null, seen: Counts) =>
  counts !== null && counts.delivered === seen.delivered && counts.failed === seen.failed;

/** Texts on their way are in no count: where a page has one, others may have been cut off unseen. */
const isAllFinal = (records: MessageRecord[]) =>
  records.every(({ status }) => status === 'delivered' || status === 'failed');

async function* pagesByNumber(askPage: AskPage, known: Set<string>): AsyncGenerator<MessageRecord[]> {
  for (let pageNumber = 1; pageNumber < MAX_PAGES; pageNumber += 1) {
    const { records } = await askPage(pageNumber);
    if (records.every((one) => known.has(one.messageId))) return;
    for (const { messageId } of records) known.add(messageId);
    yield records;
  }
  throw noProgress();
}

const noProgress = () =>
  new ProviderError('no_progress', 'busy', 'the provider repeats a page of its records');
const cutOff = () => new ProviderError('cut_off', 'busy', 'the provider has more records than it tells');

async function fetchPage(
  ask: Ask,
  account: BukaAccount,
  period: Period,
  startIndex: number,
  options?: CallOptions,
): Promise<Page> {
  const query = {
    appId: account.appId,
    startTime: writeTime(period.start),
    endTime: writeTime(period.end),
    startIndex: String(startIndex),
  };
  const request = { method: 'GET', path: '/getSentRcd', query, maxReplyBytes: MAX_REPLY_BYTES } as const;
  const reply = await question(ask, account, request, sentReply, options);
  // Without a list, only a count of nothing says that there is nothing.
  if (reply?.array === null && (reply.success !== 0 || reply.fail !== 0)) {
    throw new ProviderError('unreadable_reply', 'busy', 'the reply has no list of records');
  }
  const records = (reply?.array ?? []).map((value) => {
    const record = readRecord(value);
    if (record) return record;
    throw new ProviderError('unreadable_reply', 'busy', 'a record of the provider has no message id');
  });
  const { success = null, fail = null } = reply ?? {};
  const counts = success === null || fail === null ? null : { delivered: success, failed: fail };
  return { records, counts };
}
