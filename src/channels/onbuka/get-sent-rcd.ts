import { z } from 'zod';
import { type CallOptions, type ChannelAccount, ChannelError } from '../channel';
import { type Ask, question } from './ask';
import { type MessageRecord, readRecord } from './message-records';
import { type Period, splitPeriod } from './periods';
import { writeTime } from './times';

const MAX_DAYS_PER_QUERY = 31;
const RECORDS_PER_PAGE = 50_000;
/** 50,000 records of some 200 bytes, several times over, since `pricedetail` may be added to each. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024;

/** The list must be there: read as empty when it is not, it would say that nothing was sent. */
const sentReply = z.object({ array: z.array(z.unknown()).nullable() });

type AskPage = (startIndex: number) => Promise<MessageRecord[]>;

/**
 * GET /getSentRcd: everything sent in [start, end), in windows of 31 days, each message once. The provider keeps 90
 * days and refuses older windows (`-25`), which is thrown, since the rest alone would look complete. The call's
 * deadline is for each call. Throws `ChannelError`.
 */
export async function getSentRcd(
  ask: Ask,
  account: ChannelAccount,
  start: Date,
  end: Date,
  options?: CallOptions,
): Promise<MessageRecord[]> {
  // Windows touch, and whether their ends are included is not documented: a message met twice is kept once.
  const records = new Map<string, MessageRecord>();
  for (const period of splitPeriod(start, end, MAX_DAYS_PER_QUERY)) {
    const askPage: AskPage = (startIndex) => fetchPage(ask, account, period, startIndex, options);
    for (const record of await readAllPages(askPage)) records.set(record.messageId, record);
  }
  return [...records.values()];
}

/**
 * `startIndex` is "the starting subscript of the query", read here as an offset in records. Were it the number of
 * a page, the offset of the second page would lie far beyond the end and come back empty; so an empty page after a
 * full one is asked for again as page 1, 2, …, which under the first reading only repeats what is known.
 */
async function readAllPages(askPage: AskPage): Promise<MessageRecord[]> {
  const records = new Map<string, MessageRecord>();
  let page = await askPage(0);
  addNew(page, records);
  for (let offset = page.length; page.length >= RECORDS_PER_PAGE; offset += page.length) {
    page = await askPage(offset);
    if (page.length === 0) await readByPageNumber(askPage, records);
    else if (addNew(page, records) === 0 && page.length >= RECORDS_PER_PAGE) {
      throw new ChannelError('no_progress', 'busy', 'the provider repeats the same page of its records');
    }
  }
  return [...records.values()];
}

async function readByPageNumber(askPage: AskPage, records: Map<string, MessageRecord>): Promise<void> {
  for (let pageNumber = 1; ; pageNumber += 1) {
    const page = await askPage(pageNumber);
    const isNew = addNew(page, records) > 0;
    if (!isNew || page.length < RECORDS_PER_PAGE) return;
  }
}

/** How many of the page were not known. A later page is fresher and replaces. */
function addNew(page: MessageRecord[], records: Map<string, MessageRecord>): number {
  const knownCount = records.size;
  for (const record of page) records.set(record.messageId, record);
  return records.size - knownCount;
}

async function fetchPage(
  ask: Ask,
  account: ChannelAccount,
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
    throw new ChannelError('unreadable_reply', 'busy', 'a record of the provider has no message id');
  });
}
