import type { Knex } from 'knex';
import { parsePayload } from './former-jobs';
import type { JobKind, JobPayload } from './jobs';

/**
 * What the job of this key carries that waits. Until the transaction ends no worker takes it, and nobody else gets past
 * this call. Null where none waits.
 */
export async function lockWaiting<K extends JobKind>(
  trx: Knex.Transaction,
  kind: K,
  key: string,
): Promise<JobPayload<K> | null> {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('bulk_sms job'), hashtext(?))`, [key]);
  const jobs = trx('bulk_sms_queue._private_jobs').where({ key }).whereNull('locked_at');
  const job = await jobs.forUpdate().first('payload');
  return job ? parsePayload(kind, job.payload) : null;
}
