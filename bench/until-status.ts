import { setTimeout as delay } from 'node:timers/promises';
import type { BatchStatus } from '../src/batches/states';
import type { Stand } from './stand';

const LOOK_EVERY_MS = 50;

/** Waits until a batch has come so far. Throws where it has stopped instead. */
export async function untilStatus(stand: Stand, batchId: string, status: BatchStatus): Promise<void> {
  while (!(await isStatus(stand, batchId, status))) await delay(LOOK_EVERY_MS);
}

export async function isStatus(stand: Stand, batchId: string, status: BatchStatus): Promise<boolean> {
  const row = await stand.database.knex('sms_batch').where({ id: batchId }).first('status');
  if (['paused', 'failed'].includes(row.status)) throw new Error(`The batch is ${row.status}.`);
  return row.status === status;
}
