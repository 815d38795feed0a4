import { groupBy } from '../../group-by';
import type { ListedRecord } from '../provider/list-records';
import { idInAccount } from '../store/message-ids';
import type { TimedAttempt } from './uncertain-recipients.sql';

/**
 * Finds which of the provider's records proves which uncertain send attempt. Pure. A record carries no order
 * id: it has its number, the sub-account and the time range for which the provider listed it. The meaning of the record's own
 * time is not documented (taken, or delivered later). So the range decides, and the record's time only rules
 * out records from before the attempt.
 */

/** Our clock and the provider's may differ by this much. */
const CLOCKS_APART_MS = 120_000;
/** A provider may write a record this long after it has dropped our connection. */
const WRITTEN_WITHIN_MS = 600_000;

/** When the provider can have taken a text, by either clock. Both ends in milliseconds since 1970. */
export interface TimeRange {
  from: number;
  until: number;
}

export interface Proof<Text extends TimedAttempt> {
  recipient: Text;
  record: ListedRecord;
}

/** A clock that is set back during an attempt ends it before its start: the range holds both moments. */
export function timeRangeOf({ started_at, finished_at }: { started_at: Date; finished_at: Date }): TimeRange {
  const [started, finished] = [started_at.getTime(), finished_at.getTime()];
  return {
    from: Math.min(started, finished) - CLOCKS_APART_MS,
    until: Math.max(started, finished) + WRITTEN_WITHIN_MS,
  };
}

/** Joins the ranges that overlap, in the order of time: the ranges to query. */
export function mergeRanges(ranges: TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.until) last.until = Math.max(last.until, range.until);
    else joined.push({ ...range });
  }
  return joined;
}

/**
 * The proofs in `records`, which the provider listed for a range that holds the ranges of all these attempts.
 * A single record of an attempt's sub-account belongs to it where no other attempt at its number was made at that time,
 * with any account: two of them may be one at the provider. Any other record could belong to another attempt, and proves
 * nothing. `competing`: every attempt at these
 * numbers that a record could belong to, including the uncertain ones. `knownIds`: those of
 * the message ids that belong to a known text of the same account, as `idInAccount` writes them.
 */
export function matchRecords<Text extends TimedAttempt>(
  uncertain: Text[],
  records: ListedRecord[],
  competing: TimedAttempt[],
  knownIds: ReadonlySet<string>,
): Proof<Text>[] {
  const free = groupBy(
    records.filter((record) => !knownIds.has(idInAccount(record.accountId, record.messageId))),
    (record) => record.recipientNumber,
  );
  const competingByNumber = groupBy(competing, (one) => one.recipient_number);
  return uncertain.flatMap((recipient) => {
    const range = timeRangeOf(recipient);
    const isContested = competingByNumber
      .get(recipient.recipient_number)
      ?.some((one) => one.submission_id !== recipient.submission_id && overlap(range, timeRangeOf(one)));
    if (isContested) return [];
    const possible = (free.get(recipient.recipient_number) ?? []).filter(
      (one) => isSentWith(one, recipient) && !isBefore(one, range),
    );
    const [record, ...others] = possible;
    return record && others.length === 0 ? [{ recipient, record }] : [];
  });
}

/**
 * Those of these attempts that have a record which may be theirs, though nothing proves it: another attempt may have it, or there
 * are several. `records` and `knownIds` as above.
 */
export function listPossible<Text extends TimedAttempt>(
  unproved: Text[],
  records: ListedRecord[],
  knownIds: ReadonlySet<string>,
): Text[] {
  const free = groupBy(
    records.filter((record) => !knownIds.has(idInAccount(record.accountId, record.messageId))),
    (record) => record.recipientNumber,
  );
  return unproved.filter((one) =>
    free
      .get(one.recipient_number)
      ?.some((record) => isSentWith(record, one) && !isBefore(record, timeRangeOf(one))),
  );
}

/** Whether a record could belong to an attempt. `listedIn`: the range for which the provider listed it. */
export function couldMatch(record: ListedRecord, listedIn: TimeRange, attempt: TimedAttempt): boolean {
  const range = timeRangeOf(attempt);
  return isSentWith(record, attempt) && overlap(listedIn, range) && !isBefore(record, range);
}

const isSentWith = ({ accountId, subAccount, address }: ListedRecord, attempt: TimedAttempt) =>
  accountId === attempt.account_id &&
  (attempt.sub_account ?? subAccount) === subAccount &&
  (attempt.address === null || address === null || attempt.address === address);

const overlap = (one: TimeRange, other: TimeRange) => one.from <= other.until && other.from <= one.until;

const isBefore = ({ sendTime }: ListedRecord, range: TimeRange) =>
  sendTime !== null && Date.parse(sendTime) < range.from;
