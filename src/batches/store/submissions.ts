import type { Knex } from 'knex';
import { isAlive } from '../../db/worker-liveness';
import type { SubmissionOutcome } from '../states';
import { type BatchKey, detailTable } from './detail-table';

/**
 * A row of `sms_submission`: one try to send a chunk, in as many requests as its provider needs. `attempt` is 1 for the
 * first submission of the chunk. claim-submission.sql.ts takes the next one.
 */
export interface Submission {
  id: string;
  batch_id: string;
  account_id: string;
  chunk: number;
  attempt: number;
  size: number;
  /** Submissions of the chunk before it that were rejected without any text accepted, one after the other. */
  rejected_in_a_row: number;
}

/** The columns of a Submission. */
export const SUBMISSION = [
  'id',
  'batch_id',
  'account_id',
  'chunk',
  'attempt',
  'size',
  'rejected_in_a_row',
] as const;

/** A chunk of a batch, and the account that sends it. */
export interface PlannedChunk {
  chunk: number;
  accountId: string;
  size: number;
}

/** Recipients of one account in chunks of `size`, numbered from `firstChunk`; the last has the rest. */
export function splitIntoChunks(
  recipients: number,
  accountId: string,
  firstChunk: number,
  size: number,
): PlannedChunk[] {
  return Array.from({ length: Math.ceil(recipients / size) }, (_, index) => ({
    chunk: firstChunk + index,
    accountId,
    size: Math.min(size, recipients - index * size),
  }));
}

/** The first submission of each of these chunks. */
export async function planChunks(
  trx: Knex.Transaction,
  batchId: string,
  chunks: PlannedChunk[],
): Promise<void> {
  await trx.raw(
    `insert into sms_submission (batch_id, chunk, account_id, attempt, size, outcome)
     select :batchId, chunk, account_id, 1, size, 'waiting'
     from unnest(:chunks::int[], :accountIds::bigint[], :sizes::int[]) as planned (chunk, account_id, size)`,
    {
      batchId,
      chunks: chunks.map((one) => one.chunk),
      accountIds: chunks.map((one) => one.accountId),
      sizes: chunks.map((one) => one.size),
    },
  );
}

/** Another submission of a chunk, or of a part of it, after one that the provider did not accept. */
export async function planSubmission(
  trx: Knex.Transaction,
  next: {
    batchId: string;
    accountId: string;
    chunk: number;
    attempt: number;
    size: number;
    rejectedInARow: number;
    delayMs: number;
  },
): Promise<void> {
  await trx('sms_submission').insert({
    batch_id: next.batchId,
    account_id: next.accountId,
    chunk: next.chunk,
    attempt: next.attempt,
    size: next.size,
    rejected_in_a_row: next.rejectedInARow,
    outcome: 'waiting',
    not_before: trx.raw(`clock_timestamp() + ? * interval '1 ms'`, [next.delayMs]),
  });
}

/** A part of the chunk was moved to a chunk of its own. */
export async function resizeSubmission(trx: Knex.Transaction, id: string, size: number): Promise<void> {
  await trx('sms_submission').where({ id }).update({ size });
}

/** Compare and set: changes the outcome only from `from`. Returns whether it did. */
export async function settleSubmission(
  trx: Knex.Transaction,
  id: string,
  from: SubmissionOutcome,
  to: SubmissionOutcome,
  answer: { providerStatus?: string | null; reason?: string | null } = {},
): Promise<boolean> {
  const settled = await trx('sms_submission')
    .where({ id, outcome: from })
    .update({
      outcome: to,
      finished_at: trx.raw('clock_timestamp()'),
      provider_status: answer.providerStatus ?? null,
      reason: answer.reason ?? null,
    });
  return settled === 1;
}

/** Outcomes of an open submission are recorded: it is alive. Returns false where the sweep has given up on it. */
export async function noteRecorded(trx: Knex.Transaction, id: string): Promise<boolean> {
  const noted = await trx('sms_submission')
    .where({ id, outcome: 'in_flight' })
    .update({ recorded_at: trx.raw('clock_timestamp()') });
  return noted === 1;
}

/** Whether the sweep has given up on a submission and nothing has proved it since. Locks its row. */
export async function isUnknown(trx: Knex.Transaction, id: string): Promise<boolean> {
  return (
    (await trx('sms_submission').where({ id, outcome: 'unknown' }).forUpdate().first('id')) !== undefined
  );
}

/** Submissions of one account that are planned and not begun, including those that wait for their `not_before`. */
export async function countWaiting(db: Knex, batchId: string, accountId: string): Promise<number> {
  const row = await db('sms_submission')
    .where({ batch_id: batchId, account_id: accountId, outcome: 'waiting' })
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

/** Deletes the submissions that were never begun. None of their texts was sent. */
export async function dropWaiting(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_submission').where({ batch_id: batchId, outcome: 'waiting' }).delete();
}

/** Settles the submissions that were never begun, because the text was refused. Their chunks still say whose they are. */
export async function rejectWaiting(trx: Knex.Transaction, batchId: string, reason: string): Promise<void> {
  const now = trx.raw('clock_timestamp()');
  await trx('sms_submission')
    .where({ batch_id: batchId, outcome: 'waiting' })
    .update({ outcome: 'rejected', started_at: now, finished_at: now, reason });
}

export interface ExpiredSubmission extends Submission {
  provider: string;
}

/** Submissions whose worker is gone, or which are open longer than any request takes. Oldest first, at most 200. */
export async function listExpired(db: Knex, olderThanMs: number): Promise<ExpiredSubmission[]> {
  return db('sms_submission as submission')
    .join('provider_account as account', 'account.id', 'submission.account_id')
    .where({ outcome: 'in_flight' })
    .whereRaw(
      `(coalesce(recorded_at, started_at) < clock_timestamp() - ? * interval '1 ms'
        or (worker is not null and not ${isAlive('worker')}))`,
      [olderThanMs],
    )
    .orderBy('started_at')
    .limit(200)
    .select(SUBMISSION.map((column) => `submission.${column}`))
    .select('account.channel as provider');
}

/** Locks an account's waiting submissions. One that is being claimed is then in flight for every later statement. */
export async function lockWaiting(trx: Knex.Transaction, batchId: string, accountId: string): Promise<void> {
  await trx('sms_submission')
    .where({ batch_id: batchId, account_id: accountId, outcome: 'waiting' })
    .orderBy('chunk')
    .forUpdate()
    .select('id');
}

/** The next free chunk number. Call it with the batch's row locked. */
export async function nextChunk(trx: Knex.Transaction, batchId: string): Promise<number> {
  const row = await trx('sms_submission').where({ batch_id: batchId }).max('chunk as last').first();
  return Number(row?.last ?? 0) + 1;
}

/** An uncertain submission becomes reconciled when none of its recipients is uncertain any more. */
export async function settleReconciled(trx: Knex.Transaction, key: BatchKey, id: string): Promise<void> {
  await trx('sms_submission')
    .where({ id, outcome: 'unknown' })
    .whereNotExists((uncertain) => {
      void uncertain
        .from(detailTable(key.provider))
        .where({ batch_id: key.batchId, status: 'unknown', submission_id: id })
        .whereNull('provider_message_id')
        .select(trx.raw('1'));
    })
    .update({ outcome: 'reconciled' });
}
