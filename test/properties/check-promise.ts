import type { Knex } from 'knex';
import type { Taken } from './provider';

/** A recipient as the tables have it. */
export interface Row {
  id: number;
  batch_id: number;
  recipient_number: string;
  order_id: string;
  provider_message_id: string | null;
  status: string;
  attempt: number;
  is_in_flight: boolean;
  /** Some attempt at its chunk waits or is open. */
  has_attempt: boolean;
}

/** An attempt that a person has put aside. */
interface Former {
  order_id: string;
  provider_message_id: string | null;
  status: string;
}

export interface Picture {
  rows: Row[];
  formers: Former[];
  batches: Record<string, unknown>[];
}

/** Everything at one moment, whatever moves meanwhile: one statement sees one moment. */
export async function takePicture(db: Knex): Promise<Picture> {
  const { rows } = await db.raw(`select
    (select json_agg(batch order by id) from sms_batch as batch) as batches,
    (select json_agg(one order by id) from (
      select id, batch_id, recipient_number, order_id, provider_message_id, status, attempt,
        ${hasSubmission(`'in_flight'`)} as is_in_flight,
        ${hasSubmission(`'in_flight', 'waiting'`)} as has_attempt
      from sms_batch_buka_detail as row) as one) as rows,
    (select coalesce(json_agg(former), '[]') from (
      select order_id, provider_message_id, status from sms_send_attempt) as former) as formers`);
  return rows[0];
}

const hasSubmission = (outcomes: string) =>
  `exists (select 1 from sms_submission as open
    where open.batch_id = row.batch_id and open.chunk = row.chunk and open.outcome in (${outcomes}))`;

/**
 * Throws where the promise is broken. `mayBeginAgain`: from which statuses, since a person has just said so.
 */
export function checkPromise(before: Picture, now: Picture, taken: Taken[], mayBeginAgain: string[]): void {
  expect(doubled(taken)).toEqual([]);
  expect(now.batches.filter((batch) => !addsUp(batch, now.rows))).toEqual([]);
  expect(now.rows.filter((row) => !isTrue(row, taken))).toEqual([]);
  expect(now.rows.filter((row) => isLeftBehind(row, now.batches))).toEqual([]);
  expect(now.rows.filter((row) => row.status === 'pending' && !row.has_attempt)).toEqual([]);
  expect(now.formers.filter((former) => !isTrueHistory(former, taken))).toEqual([]);
  const ours = new Set([...now.rows, ...now.formers].map((one) => one.order_id));
  expect(taken.filter((one) => !ours.has(one.orderId))).toEqual([]);
  expect(before.formers.filter((one) => !ours.has(one.order_id))).toEqual([]);
  const is = new Map(now.rows.map((row) => [row.id, row]));
  expect(before.rows.filter((was) => hasUndoneTheFinal(was, is.get(was.id), mayBeginAgain))).toEqual([]);
  expect(before.rows.filter((was) => !ours.has(was.order_id))).toEqual([]);
}

/** An order id is one attempt at one recipient: taken twice, somebody has two texts. */
function doubled(taken: Taken[]): string[] {
  const orderIds = taken.map((one) => one.orderId);
  return orderIds.filter((id, index) => orderIds.indexOf(id) !== index);
}

const COUNTS = {
  sending_count: 'sending',
  success_count: 'delivered',
  failed_count: 'failed',
  unknown_count: 'unknown',
  cancelled_count: 'cancelled',
};

function addsUp(batch: Record<string, unknown>, rows: Row[]): boolean {
  const mine = rows.filter((row) => row.batch_id === batch.id);
  return (
    batch.total_count === mine.length &&
    Object.entries(COUNTS).every(
      ([column, status]) => batch[column] === mine.filter((row) => row.status === status).length,
    )
  );
}

/** What the tables say of a recipient is what the provider knows. */
function isTrue(row: Row, taken: Taken[]): boolean {
  const text = taken.find((one) => one.orderId === row.order_id);
  if (row.provider_message_id !== null && row.provider_message_id !== text?.messageId) return false;
  switch (row.status) {
    case 'pending':
      return !text || row.is_in_flight;
    case 'sending':
      return text !== undefined;
    case 'delivered':
      return text?.status === 'delivered';
    case 'failed':
      return !text || text.status === 'failed';
    case 'cancelled':
      return !text;
    default:
      return true;
  }
}

function isTrueHistory({ order_id, provider_message_id, status }: Former, taken: Taken[]): boolean {
  const text = taken.find((one) => one.orderId === order_id);
  if (provider_message_id !== null && provider_message_id !== text?.messageId) return false;
  return status === 'unknown' || (status === 'failed' && !text) || text?.status === status;
}

/** Nobody may be open in a batch that has ended: no job looks at it any more. */
function isLeftBehind(row: Row, batches: Record<string, unknown>[]): boolean {
  const batch = batches.find((one) => one.id === row.batch_id);
  const hasEnded = ['completed', 'cancelled', 'failed'].includes(batch?.status as string);
  const isEnd = ['delivered', 'failed', 'cancelled'].includes(row.status);
  // Uncertain people are the end of a batch only by a person's word or the last horizon.
  return hasEnded && !isEnd && !(row.status === 'unknown' && batch?.status === 'completed');
}

/**
 * Somebody is gone, or was begun anew without a person's word, or what was known of them is known no more.
 */
function hasUndoneTheFinal(was: Row, is: Row | undefined, mayBeginAgain: string[]): boolean {
  if (!is) return true;
  if (is.attempt !== was.attempt || is.order_id !== was.order_id) return !mayBeginAgain.includes(was.status);
  if (was.provider_message_id !== null && is.provider_message_id !== was.provider_message_id) return true;
  return ['delivered', 'failed', 'cancelled'].includes(was.status) && is.status !== was.status;
}
