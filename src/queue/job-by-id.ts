import type { Knex } from 'knex';
import type { JobKind, JobPayload } from './jobs';

/** Kinds whose payload has an id of its own. */
type KindWithId = { [K in JobKind]: JobPayload<K> extends { id: string } ? K : never }[JobKind];

/** SQL that is true where a job of these kinds, with the id in this column, waits, runs, or will be tried again. */
export function hasJob(column: string, kinds: readonly KindWithId[]): string {
  return `exists (
    select 1 from bulk_sms_queue._private_jobs as job
    join bulk_sms_queue._private_tasks as task on task.id = job.task_id
    where task.identifier in (${kinds.map((kind) => `'${kind}'`).join(', ')}) and job.payload->>'id' = ${column}
      and (job.locked_at is not null or job.attempts < job.max_attempts))`;
}

/** A job of these kinds with this id that waits for a time runs now. */
export async function runNow(db: Knex, id: string, kinds: readonly KindWithId[]): Promise<void> {
  await db.raw(
    `update bulk_sms_queue._private_jobs set run_at = clock_timestamp()
     where locked_at is null and run_at > clock_timestamp() and payload->>'id' = ?
       and task_id in (select id from bulk_sms_queue._private_tasks where identifier = any (?))`,
    [id, [...kinds]],
  );
}
