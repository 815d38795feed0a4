import type { Knex } from 'knex';
import { enqueueReview } from '../enqueue-jobs';
import { moveBatch } from '../store/move-batch';

/** Processes have died while they read this list. It is not read again; its review says so, and its person can start anew. */
export async function giveUpImport(trx: Knex.Transaction, batchId: string): Promise<void> {
  const why = { reason: 'stopped_bot', reason_detail: null };
  if (await moveBatch(trx, batchId, 'failed', why, ['importing'])) await enqueueReview(trx, batchId);
}
