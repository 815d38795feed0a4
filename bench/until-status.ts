import { setTimeout as delay } from 'node:timers/promises';
import type { BatchStatus } from '../src/batches/states';
import type { BenchSystem } from './bench-system';

const CHECK_EVERY_MS = 50;

/** Waits until a batch has this status. Throws when it has paused or failed instead. */
export async function untilStatus(system: BenchSystem, batchId: string, status: BatchStatus): Promise<void> {
  while (!(await isStatus(system, batchId, status))) await delay(CHECK_EVERY_MS);
}

export async function isStatus(system: BenchSystem, batchId: string, status: BatchStatus): Promise<boolean> {
  const row = await system.database.knex('sms_batch').where({ id: batchId }).first('status');
  if (['paused', 'failed'].includes(row.status)) throw new Error(`The batch is ${row.status}.`);
  return row.status === status;
}
