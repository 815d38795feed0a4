import type { Knex } from 'knex';
import { enqueueReconcile } from '../enqueue-jobs';
import { forgetRecordsAnswered } from '../store/batch-accounts';
import { addToCounts } from '../store/move-batch';
import { moveChunkToUnknown } from '../store/move-recipients';
import { type Submission, settleReconciled, settleSubmission } from '../store/submissions';

/**
 * What became of a submission is unknown: its recipients become unknown, never pending again, and a job looks for proof.
 * Returns false where the submission is no longer open, because its result was recorded meanwhile.
 */
export async function recordUnknown(
  trx: Knex.Transaction,
  provider: string,
  submission: Submission,
  reason: string,
): Promise<boolean> {
  if (!(await settleSubmission(trx, submission.id, 'in_flight', 'unknown', { reason }))) return false;
  const key = { provider, batchId: submission.batch_id, chunk: submission.chunk };
  const unknown = await moveChunkToUnknown(trx, key, submission.id);
  await addToCounts(trx, key.batchId, { unknown });
  // Earlier delivery reports may have settled all its recipients already.
  await settleReconciled(trx, key, submission.id);
  await forgetRecordsAnswered(trx, { batchId: key.batchId, accountId: submission.account_id });
  await enqueueReconcile(trx, key.batchId, submission.account_id);
  return true;
}
