import type { Knex } from 'knex';

/** Jobs that wait for a time run earlier by this many milliseconds. */
export async function bringJobsForward(trx: Knex.Transaction, ms: number): Promise<void> {
  await trx.raw(
    `update bulk_sms_queue._private_jobs set run_at = run_at - ? * interval '1 ms'
     where run_at > clock_timestamp() and locked_at is null`,
    [ms],
  );
}
