import type { Knex } from 'knex';
import { lockBatch } from '../store/batches';
import type { ChunkKey } from '../store/detail-table';
import { nextChunk, planChunks, resizeSubmission, type Submission } from '../store/submissions';
import { splitChunk } from './split-chunk.sql';

/** Moves a chunk's recipients after the first `keep` into a new chunk with its own submission. Locks the batch's row. */
export async function splitOffChunk(
  trx: Knex.Transaction,
  key: ChunkKey,
  accountId: string,
  keep: number,
): Promise<void> {
  await lockBatch(trx, key.batchId);
  const chunk = await nextChunk(trx, key.batchId);
  const size = await splitChunk(trx, key, chunk, keep);
  if (size > 0) await planChunks(trx, key.batchId, [{ chunk, accountId, size }]);
}

/** Limits a claimed submission to this many recipients; the others wait in a new chunk. */
export async function limitSubmissionSize(
  trx: Knex.Transaction,
  key: ChunkKey,
  submission: Submission,
  recipients: number,
): Promise<void> {
  if (submission.size <= recipients) return;
  await splitOffChunk(trx, key, submission.account_id, recipients);
  await resizeSubmission(trx, submission.id, recipients);
  submission.size = recipients;
}
