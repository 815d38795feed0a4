import type { Knex } from 'knex';

/** As if a process had taken every job that may run now, under a name that is not alive: it died with them in hand. */
export async function dieWithJobs(db: Knex, worker: string): Promise<void> {
  await db.raw(
    `update bulk_sms_queue._private_jobs set locked_by = ?, locked_at = now(), attempts = attempts + 1
     where locked_by is null and run_at <= now() and attempts < max_attempts`,
    [worker],
  );
}

/** The jobs that wait, by their names, and whether each runs apart from other suspects. */
export async function waitingJobs(
  db: Knex,
): Promise<{ name: string; key: string | null; isAlone: boolean }[]> {
  return db('bulk_sms_queue._private_jobs as jobs')
    .join('bulk_sms_queue._private_tasks as tasks', 'tasks.id', 'jobs.task_id')
    .leftJoin('bulk_sms_queue._private_job_queues as queues', 'queues.id', 'jobs.job_queue_id')
    .whereNull('jobs.locked_by')
    .whereRaw('jobs.attempts < jobs.max_attempts')
    .orderBy('jobs.id')
    .select('tasks.identifier as name', 'jobs.key')
    .select(db.raw(`coalesce(queues.queue_name = 'suspects', false) as "isAlone"`));
}
