import type { Knex } from 'knex';
import { releaseJobsOfBatch } from '../../queue/dead-jobs';
import { enqueueLanes } from '../enqueue-jobs';
import { listBatchAccounts } from '../store/batch-accounts';
import { countLanes } from './lanes';

/**
 * One lane at each account of the batch: a person starts or resumes it, and what stopped it may still be there. Jobs of it
 * that were put aside for a time come back.
 */
export async function openFirstLanes(trx: Knex, batchId: string): Promise<void> {
  await releaseJobsOfBatch(trx, batchId);
  for (const { id } of await listBatchAccounts(trx, batchId)) await enqueueLanes(trx, batchId, id, 1);
}

/** The batch's share of lanes at each of its accounts. */
export async function openAllLanes(trx: Knex, batchId: string): Promise<void> {
  for (const { id } of await listBatchAccounts(trx, batchId)) {
    await enqueueLanes(trx, batchId, id, await countLanes(trx, batchId, id));
  }
}
