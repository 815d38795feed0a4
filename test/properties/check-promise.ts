import type { Knex } from 'knex';
import { groupBy } from '../../src/group-by';
import type { Taken } from './controlled-provider';

/** A recipient's row. */
export interface Row {
  /** The provider whose table it is in. */
  channel: string;
  batch_id: number;
  recipient_number: string;
  order_id: string;
  provider_message_id: string | null;
  status: string;
  attempt: number;
  is_in_flight: boolean;
  /** A submission of its chunk waits or is open. */
  has_submission: boolean;
  /** Of the submission that sent the text. */
  account_id: string | null;
}

/** A send attempt that a later one has replaced. */
interface ReplacedAttempt {
  batch_id: number;
  recipient_number: string;
  order_id: string;
  provider_message_id: string | null;
  status: string;
}

export interface Snapshot {
  rows: Row[];
  replacedAttempts: ReplacedAttempt[];
  batches: Record<string, unknown>[];
}

/** Reads all tables in a single statement, which sees a single moment. */
export async function takeSnapshot(db: Knex): Promise<Snapshot> {
  const { rows } = await db.raw(`select
    (select json_agg(batch order by id) from sms_batch as batch) as batches,
    (select json_agg(one) from (
      select channel, batch_id, recipient_number, order_id, provider_message_id, status, attempt,
        ${hasSubmission(`'in_flight'`)} as is_in_flight,
        ${hasSubmission(`'in_flight', 'waiting'`)} as has_submission,
        (select account_id::text from sms_submission where id = row.submission_id) as account_id
      from sms_batch_recipient as row) as one) as rows,
    (select coalesce(json_agg(replaced), '[]') from (
      select batch_id, recipient_number, order_id, provider_message_id, status from sms_send_attempt) as replaced) as "replacedAttempts"`);
  return rows[0];
}

const hasSubmission = (outcomes: string) =>
  `exists (select 1 from sms_submission as open
    where open.batch_id = row.batch_id and open.chunk = row.chunk and open.outcome in (${outcomes}))`;

/** What people have just asked for: new send attempts. */
export interface Word {
  /** How many people. */
  times: number;
  /** The statuses from which a recipient may get one. */
  resendable: string[];
}

/** Throws where the promise is broken. */
export function checkPromise(before: Snapshot, now: Snapshot, taken: Taken[], word: Word): void {
  // An order id is one send attempt at one recipient: accepted twice, it means two texts.
  expect(findDoubled(taken.map((one) => one.orderId))).toEqual([]);
  // In two tables, or twice in one.
  expect(findDoubled(now.rows.map(recipientOf))).toEqual([]);
  expect(now.batches.filter((batch) => !addsUp(batch, now.rows))).toEqual([]);
  expect(now.rows.filter((row) => !agreesWithProvider(row, taken))).toEqual([]);
  expect(now.rows.filter((row) => isForgotten(row, now.batches))).toEqual([]);
  expect(now.rows.filter((row) => row.status === 'pending' && !row.has_submission)).toEqual([]);
  expect(now.replacedAttempts.filter((replaced) => !historyAgreesWithProvider(replaced, taken))).toEqual([]);
  const ours = new Set([...now.rows, ...now.replacedAttempts].map((one) => one.order_id));
  expect(taken.filter((one) => !ours.has(one.orderId))).toEqual([]);
  expect(before.replacedAttempts.filter((one) => !ours.has(one.order_id))).toEqual([]);
  // Whoever an earlier text has reached, as we know, waits for no other. What is in an open request nobody calls back.
  const delivered = now.replacedAttempts.filter(({ status }) => status === 'delivered');
  const reached = new Set(delivered.map(recipientOf));
  const waiting = now.rows.filter((row) => row.status === 'pending' && !row.is_in_flight);
  expect(waiting.filter((row) => reached.has(recipientOf(row)))).toEqual([]);
  const attempts = groupBy(now.replacedAttempts, recipientOf);
  expect(now.rows.filter((row) => (attempts.get(recipientOf(row)) ?? []).length !== row.attempt - 1)).toEqual(
    [],
  );
  const is = new Map(now.rows.map((row) => [recipientOf(row), row]));
  const others = before.rows.filter((was) => !isTakenBack(was, is.get(recipientOf(was)), before));
  expect(others.filter((was) => hasLostOutcome(was, is.get(recipientOf(was)), word))).toEqual([]);
  expect(others.filter((was) => !ours.has(was.order_id))).toEqual([]);
}

const recipientOf = (one: Pick<Row, 'batch_id' | 'recipient_number'>) =>
  `${one.batch_id} ${one.recipient_number}`;

const findDoubled = (keys: string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);

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

/** Whether a recipient's row agrees with what the provider has. */
function agreesWithProvider(row: Row, taken: Taken[]): boolean {
  const text = taken.find((one) => one.orderId === row.order_id);
  if (text && (text.number !== row.recipient_number || text.provider !== row.channel)) return false;
  if (row.provider_message_id !== null && row.provider_message_id !== text?.messageId) return false;
  switch (row.status) {
    case 'pending':
      return !text || row.is_in_flight;
    case 'sending':
      return text !== undefined;
    case 'delivered':
      return hasSaid(text, 'delivered');
    case 'failed':
      return !text || hasSaid(text, 'failed');
    case 'cancelled':
      return !text;
    default:
      return true;
  }
}

/** Whether it is the outcome of a text, or was one before the provider corrected itself. */
const hasSaid = (text: Taken | undefined, status: string) => text?.status === status || text?.was === status;

function historyAgreesWithProvider(
  { order_id, provider_message_id, status }: ReplacedAttempt,
  taken: Taken[],
): boolean {
  const text = taken.find((one) => one.orderId === order_id);
  if (provider_message_id !== null && provider_message_id !== text?.messageId) return false;
  return status === 'unknown' || (status === 'failed' && !text) || hasSaid(text, status);
}

/** Whether a recipient is still open in a batch that has ended, which no job looks at any more. */
function isForgotten(row: Row, batches: Record<string, unknown>[]): boolean {
  const batch = batches.find((one) => one.id === row.batch_id);
  const hasEnded = ['completed', 'cancelled', 'failed'].includes(batch?.status as string);
  const isEnd = ['delivered', 'failed', 'cancelled'].includes(row.status);
  // Unknown recipients end a batch only after a person's decision or the horizon.
  return hasEnded && !isEnd && !(row.status === 'unknown' && batch?.status === 'completed');
}

/** Whether an attempt that brought nothing gave its place back to one before it, which was delivered after all. */
function isTakenBack(was: Row, is: Row | undefined, { replacedAttempts }: Snapshot): boolean {
  if (is?.status !== 'delivered' || ['delivered', 'cancelled'].includes(was.status)) return false;
  return replacedAttempts.some((one) => one.order_id === is.order_id);
}

/** Whether a recipient has vanished, was sent to again without a decision, or lost a known outcome. */
function hasLostOutcome(was: Row, is: Row | undefined, { times, resendable }: Word): boolean {
  if (!is) return true;
  if (is.attempt !== was.attempt || is.order_id !== was.order_id) {
    return !resendable.includes(was.status) || is.attempt <= was.attempt || is.attempt > was.attempt + times;
  }
  if (was.provider_message_id !== null && is.provider_message_id !== was.provider_message_id) return true;
  if (was.status === 'failed' && is.status === 'delivered') return false;
  return ['delivered', 'failed', 'cancelled'].includes(was.status) && is.status !== was.status;
}
