import type { Knex } from 'knex';
import { isAlive } from '../db/worker-liveness';

/**
 * Frees jobs and queues that are locked by a process that is gone, so that they run again now: the library would wait for four
 * hours. A process that only seemed gone finds its job done by another; every job allows for that.
 */
export async function freeJobsOfDeadWorkers(db: Knex): Promise<void> {
  await db.raw(
    `select bulk_sms_queue.force_unlock_workers(array_agg(distinct locked_by))
     from (
       select locked_by from bulk_sms_queue._private_jobs
       union all
       select locked_by from bulk_sms_queue._private_job_queues
     ) as locked
     where locked_by is not null and not ${isAlive('locked_by')}`,
  );
}

/** Jobs that wait for a time run earlier by this many milliseconds. */
export async function bringJobsForward(trx: Knex.Transaction, ms: number): Promise<void> {
  await trx.raw(
    `update bulk_sms_queue._private_jobs set run_at = run_at - ? * interval '1 ms'
     where run_at > clock_timestamp() and locked_at is null`,
    [ms],
  );
}
