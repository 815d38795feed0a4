import type { Knex } from 'knex';
import { lockBatch } from '../store/batches';
import type { BatchKey } from '../store/detail-table';
import { nextChunk, planSubmission, resizeSubmission, type Submission } from '../store/submissions';
import { splitChunk } from './split-chunk.sql';

/**
 * Moves a chunk's recipients after the first `keep` into a new chunk with its own submission. Locks the
 * batch's row.
 */
export async function splitOffChunk(
  trx: Knex.Transaction,
  key: BatchKey,
  chunk: number,
  keep: number,
): Promise<void> {
  await lockBatch(trx, key.batchId);
  const into = await nextChunk(trx, key.batchId);
  const size = await splitChunk(trx, key, chunk, into, keep);
  if (size > 0)
    await planSubmission(trx, { batchId: key.batchId, chunk: into, attempt: 1, size, delayMs: 0 });
}

/** Limits a claimed submission to this many recipients; the others wait in a new chunk. */
export async function limitSubmissionSize(
  trx: Knex.Transaction,
  key: BatchKey,
  submission: Submission,
  recipients: number,
): Promise<void> {
  if (submission.size <= recipients) return;
  await splitOffChunk(trx, key, submission.chunk, recipients);
  await resizeSubmission(trx, submission.id, recipients);
  submission.size = recipients;
}
