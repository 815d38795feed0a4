import type { Knex } from 'knex';
import { enqueueReconcile } from '../enqueue-jobs';
import type { BatchRow } from '../store/batches';
import { addToCounts } from '../store/move-batch';
import { moveChunk } from '../store/move-recipients';
import { type Submission, settleReconciled, settleSubmission } from '../store/submissions';

/**
 * Nobody can say what became of a request: those whom it was to reach are unknown from now on, never waiting again,
 * and proof is looked for. Answers whether it was still open: else its answer has been recorded meanwhile.
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
  // Reports that came before this may have proved everybody already.
  await settleReconciled(trx, key, submission.id);
  await enqueueReconcile(trx, batch.id);
  return true;
}
