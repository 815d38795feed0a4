import type { Knex } from 'knex';
import { lockBatch } from '../store/batches';
import type { BatchKey } from '../store/detail-table';
import { nextChunk, planSubmission, resizeSubmission, type Submission } from '../store/submissions';
import { splitChunk } from './split-chunk.sql';

/** The later part of a chunk becomes a chunk of its own, to be submitted by itself. Locks the batch's row. */
export async function splitOff(
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

/** A claimed submission carries at most so many; the rest waits in a chunk of its own. */
export async function keepSmall(
  trx: Knex.Transaction,
  key: BatchKey,
  submission: Submission,
  recipients: number,
): Promise<void> {
  if (submission.size <= recipients) return;
  await splitOff(trx, key, submission.chunk, recipients);
  await resizeSubmission(trx, submission.id, recipients);
  submission.size = recipients;
}
