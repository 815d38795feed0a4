import type { Knex } from 'knex';
import { enqueueReconcile } from '../enqueue-jobs';
import type { BatchRow } from '../store/batches';
import { addToCounts } from '../store/move-batch';
import { moveChunk } from '../store/move-recipients';
import { type Submission, settleReconciled, settleSubmission } from '../store/submissions';

/**
 * The outcome of a request is unknown: its recipients become unknown, never pending again, and a job looks
 * for proof. Returns false where the submission is no longer open, because its result was recorded meanwhile.
 */
export async function recordUnknown(
  trx: Knex.Transaction,
  batch: Pick<BatchRow, 'id' | 'channel'>,
  submission: Submission,
  because: { providerStatus?: string; reason: string },
): Promise<boolean> {
  if (!(await settleSubmission(trx, submission.id, 'in_flight', 'unknown', because))) return false;
  const key = { provider: batch.channel, batchId: batch.id };
  const unknown = await moveChunk(trx, key, submission.chunk, 'pending', 'unknown', {
    submission_id: submission.id,
  });
  await addToCounts(trx, batch.id, { unknown });
  // Earlier delivery reports may have settled all its recipients already.
  await settleReconciled(trx, key, submission.id);
  await enqueueReconcile(trx, batch.id);
  return true;
}
