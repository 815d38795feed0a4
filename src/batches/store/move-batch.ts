import type { Knex } from 'knex';
import { type BatchStatus, batchStatusesBefore } from '../states';
import type { BatchRow } from './batches';

/** Every statement that changes the status of a batch or the counts of its recipients, guarded by the former status. */

const COUNTED = ['sending', 'delivered', 'failed', 'unknown', 'cancelled'] as const;

export type CountChange = Partial<Record<(typeof COUNTED)[number] | 'pending', number>>;

const COUNT_COLUMN: Record<(typeof COUNTED)[number], string> = {
  sending: 'sending_count',
  delivered: 'success_count',
  failed: 'failed_count',
  unknown: 'unknown_count',
  cancelled: 'cancelled_count',
};

/** What may change together with the status. */
type BatchChange = Partial<
  Record<
    | 'reason'
    | 'reason_detail'
    | 'total_count'
    | 'entry_count'
    | 'rejected_count'
    | 'countries'
    | 'submitted_at'
    | 'completed_at'
    | 'cancelled_at'
    | 'uncertain_left_at'
    | 'alert'
    | 'alert_number'
    | 'round',
    Knex.Value | Knex.Raw
  >
>;

/** Compare and set: the batch becomes `to` only from a status that may precede it. Returns whether it did. */
export async function moveBatch(
  trx: Knex,
  batchId: string,
  to: BatchStatus,
  change: BatchChange = {},
  from: readonly BatchStatus[] = batchStatusesBefore(to),
): Promise<boolean> {
  const moved = await trx('sms_batch')
    .where({ id: batchId })
    .whereIn('status', from as BatchStatus[])
    .update({ ...change, status: to, moved_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

/**
 * The list of a draft is read again: one that is ready, or that waits for a person to name a column. Returns false for
 * any other, such as one that is being read.
 */
export async function moveToImporting(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const waits = `status = 'ready' or (status = 'importing' and column_questions <> '[]'::jsonb)`;
  const moved = await trx('sms_batch')
    .where({ id: batchId })
    .whereRaw(`(${waits})`)
    .update({
      status: 'importing',
      column_questions: '[]',
      total_count: 0,
      entry_count: null,
      rejected_count: null,
      countries: '[]',
      read_bytes: 0,
      read_rows: 0,
      moved_at: trx.fn.now(),
      version: trx.raw('version + 1'),
    });
  return moved === 1;
}

/**
 * Somebody sends what the review of this version showed. Compare and set: who asks twice, a repeated delivery and two
 * people are one start. Returns whether this call started it.
 */
export async function moveToStarted(
  trx: Knex.Transaction,
  batchId: string,
  version: number,
): Promise<boolean> {
  const moved = await trx('sms_batch')
    .where({ id: batchId, status: 'ready', version })
    .update({
      status: 'pending',
      started_at: trx.fn.now(),
      moved_at: trx.fn.now(),
      version: trx.raw('version + 1'),
    });
  return moved === 1;
}

/**
 * A person pauses. The pause has a number of its own, as one that raises an alert has, and what was told before does not hold
 * any more. Returns whether this call paused it.
 */
export async function moveToPausedByPerson(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  return moveBatch(trx, batchId, 'paused', {
    reason: 'person',
    reason_detail: null,
    alert: null,
    alert_number: trx.raw('alert_number + 1'),
  });
}

/** Some recipients are sent to again: nothing that was decided about the former round holds for the next one. */
export async function moveToNextRound(
  trx: Knex.Transaction,
  { id, round }: Pick<BatchRow, 'id' | 'round'>,
): Promise<void> {
  await moveBatch(trx, id, 'pending', {
    reason: null,
    reason_detail: null,
    submitted_at: null,
    completed_at: null,
    alert: null,
    cancelled_at: null,
    uncertain_left_at: null,
    round: round + 1,
  });
}

/** Adds the recipients that a statement has moved to the batch's counts. The new version makes people see it. */
export async function addToCounts(
  trx: Knex.Transaction,
  batchId: string,
  change: CountChange,
  more: { reported_at?: Knex.Raw } = {},
): Promise<void> {
  const moved = COUNTED.filter((name) => change[name]);
  await trx('sms_batch')
    .where({ id: batchId })
    .update({
      ...more,
      ...Object.fromEntries(
        moved.map((name) => [
          COUNT_COLUMN[name],
          trx.raw('?? + ?', [COUNT_COLUMN[name], change[name] as number]),
        ]),
      ),
      moved_at: trx.fn.now(),
      version: trx.raw('version + 1'),
    });
}

/** Where no submission waits or is in flight, the batch becomes submitted. Returns whether this call did it. */
export async function moveToSubmittedIfAllSettled(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const moved = await trx('sms_batch as batch')
    .where({ id: batchId })
    .whereIn('status', batchStatusesBefore('submitted'))
    .whereNotExists(
      trx('sms_submission')
        .whereRaw('batch_id = batch.id')
        .whereIn('outcome', ['waiting', 'in_flight'])
        .select(trx.raw('1')),
    )
    .update({ status: 'submitted', submitted_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

/** The delivery horizon has passed: open recipients count as unknown, and the batch is complete. */
export async function moveToCompletedAtHorizon(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  return moveBatch(trx, batchId, 'completed', { completed_at: trx.fn.now() });
}

/**
 * Where every recipient has a final status, the batch is complete. Uncertain recipients count as final only after a
 * person has decided to leave them. Returns whether this call completed it.
 */
export async function moveToCompletedIfAllFinal(trx: Knex.Transaction, batchId: string): Promise<boolean> {
  const moved = await trx('sms_batch')
    .where({ id: batchId, status: 'submitted', sending_count: 0 })
    .whereRaw('success_count + failed_count + unknown_count + cancelled_count = total_count')
    .whereRaw('(unknown_count = 0 or uncertain_left_at is not null)')
    .update({ status: 'completed', completed_at: trx.fn.now(), version: trx.raw('version + 1') });
  return moved === 1;
}

/**
 * A person has cancelled a batch. The code that records the answers of open requests reads this: a recipient that the
 * provider did not accept is then not tried again.
 */
export async function noteCancelled(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update({ cancelled_at: trx.fn.now() });
}

/** Why the rest of a batch is not sent. The status stays, since the texts that were sent are still tracked. */
export async function noteReason(
  trx: Knex.Transaction,
  batchId: string,
  why: { reason: string; reason_detail: string },
): Promise<void> {
  await trx('sms_batch').where({ id: batchId }).update(why);
}
