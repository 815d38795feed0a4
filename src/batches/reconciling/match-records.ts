import type { MessageStatus } from '../../providers/sms-provider';
import type { Attempt } from './uncertain-recipients.sql';

/**
 * Which record of the provider is the proof of which uncertain attempt. Pure. A record carries no order id: only
 * its number, and the time slot for which the provider gave it. What its own time tells is not documented (taken,
 * or delivered later), so the slot decides, and the record's time only rules out what was there before.
 */

/** Our clock and the provider's may differ by so much. */
const CLOCKS_APART_MS = 120_000;
/** A provider may write a record so long after it has dropped our connection. */
const WRITTEN_WITHIN_MS = 600_000;

/** When an attempt's text can have been taken, by either clock. Both ends in milliseconds since 1970. */
export interface Slot {
  from: number;
  until: number;
}

export interface Proof<Text extends Attempt> {
  recipient: Text;
  record: MessageStatus;
}

/** A clock that is put back during an attempt ends it before it began: the slot holds both moments. */
export function slotOf({ started_at, finished_at }: { started_at: Date; finished_at: Date }): Slot {
  const [started, finished] = [started_at.getTime(), finished_at.getTime()];
  return {
    from: Math.min(started, finished) - CLOCKS_APART_MS,
    until: Math.max(started, finished) + WRITTEN_WITHIN_MS,
  };
}

/** The slots of some attempts, each moment once, in their order: what the provider is asked about. */
export function joinSlots(slots: Slot[]): Slot[] {
  const joined: Slot[] = [];
  for (const slot of slots.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && slot.from <= last.until) last.until = Math.max(last.until, slot.until);
    else joined.push({ ...slot });
  }
  return joined;
}

/**
 * The proofs in `records`, the provider's answer about a slot that holds those of all these attempts. One record
 * alone, to a number that nobody else may have been sent a text to at that time, is the attempt's. All else could
 * be another's, and proves nothing. `rivals`: every attempt to these numbers that a record could belong to, these
 * themselves among them. `knownIds`: messages that belong to somebody already.
 */
export function matchRecords<Text extends Attempt>(
  uncertain: Text[],
  records: MessageStatus[],
  rivals: Attempt[],
  knownIds: ReadonlySet<string>,
): Proof<Text>[] {
  const free = groupBy(
    records.filter((record) => !knownIds.has(record.messageId)),
    (record) => record.recipientNumber,
  );
  const rivalsOf = groupBy(rivals, (rival) => rival.recipient_number);
  return uncertain.flatMap((recipient) => {
    const slot = slotOf(recipient);
    const isContested = rivalsOf
      .get(recipient.recipient_number)
      ?.some((rival) => rival.submission_id !== recipient.submission_id && touch(slot, slotOf(rival)));
    if (isContested) return [];
    const possible = (free.get(recipient.recipient_number) ?? []).filter((one) => !isBefore(one, slot));
    const [record, ...others] = possible;
    return record && others.length === 0 ? [{ recipient, record }] : [];
  });
}

/** Whether a record could be an attempt's at all; `listedIn`: the time for which the provider gave it. */
export function couldBelong(record: MessageStatus, listedIn: Slot, attempt: Attempt): boolean {
  const slot = slotOf(attempt);
  return touch(listedIn, slot) && !isBefore(record, slot);
}

const touch = (one: Slot, other: Slot) => one.from <= other.until && other.from <= one.until;

const isBefore = ({ sendTime }: MessageStatus, slot: Slot) =>
  sendTime !== null && Date.parse(sendTime) < slot.from;

/** In the order of the first item of each group. */
export function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
