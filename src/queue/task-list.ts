import type { JobHelpers, Task, TaskList } from 'graphile-worker';
import type { Log } from '../log';
import { FORMER_NAMES, parsePayload } from './former-jobs';
import type { Snoozed } from './job-result';
import type { JobHandlers, JobKind } from './jobs';

/** A task for each name that a job of these kinds may wait under: the kind's name today and its former names. */
export function createTaskList(
  kinds: readonly JobKind[],
  { handlers, log }: { handlers: JobHandlers; log: Log },
): TaskList {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const task = createTask(kind, handlers, log);
      return namesOf(kind).map((name) => [name, task]);
    }),
  );
}

function createTask<K extends JobKind>(kind: K, handlers: JobHandlers, log: Log): Task {
  return async (payload: unknown, helpers: JobHelpers) => {
    try {
      const result = await handlers[kind](parsePayload(kind, payload), helpers.job.attempts);
      if (result.kind === 'snooze') await scheduleNextRun(kind, payload, helpers, result);
    } catch (error) {
      log.error({ err: error, job: kind, payload }, 'a job failed and will be tried again');
      throw error;
    }
  };
}

/**
 * The same job once more, in the same queue, by the database's clock. One of its key that waits already keeps its time: it was enqueued
 * while this one ran, for something that has changed since.
 */
async function scheduleNextRun(
  kind: JobKind,
  payload: unknown,
  { job, query }: JobHelpers,
  { snoozeMs, isNoRun = false }: Snoozed,
): Promise<void> {
  await query(
    `with next as materialized (
       select id from bulk_sms_queue.add_job(identifier => $1, payload => $2::json,
         run_at => clock_timestamp() + $3::float8 * interval '1 ms', max_attempts => $4, job_key => $5, priority => $6,
         job_key_mode => case when $5::text is null then null else 'preserve_run_at' end,
         queue_name => (select queue_name from bulk_sms_queue._private_job_queues where id = $7))),
     kept as (
       update bulk_sms.job_death set job_id = next.id from next where $8 and job_id = $9 and next.id is not null)
     select id from next`,
    [
      ...[kind, JSON.stringify(payload), snoozeMs, job.max_attempts, job.key, job.priority, job.job_queue_id],
      ...[isNoRun, job.id],
    ],
  );
}

function namesOf(kind: JobKind): string[] {
  return [kind, ...Object.keys(FORMER_NAMES).filter((name) => FORMER_NAMES[name] === kind)];
}
