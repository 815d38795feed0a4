import type { Knex } from 'knex';
import { isAlive } from '../../db/worker-liveness';
import type { SubmissionOutcome } from '../states';
import { type BatchKey, detailTable } from './detail-table';

/**
 * A row of `sms_submission`: one request that carries a chunk. `attempt` is 1 for the first submission of the chunk.
 * claim-submission.sql.ts takes the next one.
 */

export interface Submission {
  id: string;
  batch_id: string;
  chunk: number;
  attempt: number;
  size: number;
}

/** First submissions of the chunks `firstChunk`, `firstChunk + 1`, …: each of `chunkSize`, the last with the rest. */
export async function planChunks(
  trx: Knex.Transaction,
  batchId: string,
  recipients: number,
  chunkSize: number,
  firstChunk = 1,
): Promise<void> {
  await trx.raw(
    `insert into sms_submission (batch_id, chunk, attempt, size, outcome)
     select :batchId, :firstChunk + number, 1, least(:chunkSize, :recipients - number * :chunkSize), 'waiting'
     from generate_series(0, ceil(:recipients::numeric / :chunkSize)::int - 1) as number`,
    { batchId, recipients, chunkSize, firstChunk },
  );
}

/** Another submission of a chunk, or of a part of it, after one that the provider did not accept. */
export async function planSubmission(
  trx: Knex.Transaction,
  next: { batchId: string; chunk: number; attempt: number; size: number; delayMs: number },
): Promise<void> {
  await trx('sms_submission').insert({
    batch_id: next.batchId,
    chunk: next.chunk,
    attempt: next.attempt,
    size: next.size,
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

/** Submissions that are planned and not begun, including those that wait for their `not_before`. */
export async function countWaiting(db: Knex, batchId: string): Promise<number> {
  const row = await db('sms_submission')
    .where({ batch_id: batchId, outcome: 'waiting' })
    .count('* as n')
    .first();
  return Number(row?.n ?? 0);
}

/** Deletes the submissions that were never begun. None of their texts was sent. */
export async function dropWaiting(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_submission').where({ batch_id: batchId, outcome: 'waiting' }).delete();
}

/** Submissions whose worker is gone, or which are open longer than any request takes. Oldest first, at most 200. */
export async function listExpired(db: Knex, olderThanMs: number): Promise<Submission[]> {
  return db('sms_submission')
    .where({ outcome: 'in_flight' })
    .whereRaw(
      `(started_at < clock_timestamp() - ? * interval '1 ms' or (worker is not null and not ${isAlive('worker')}))`,
      [olderThanMs],
    )
    .orderBy('started_at')
    .limit(200)
    .select('id', 'batch_id', 'chunk', 'attempt', 'size');
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
