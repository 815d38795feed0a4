import type { Knex } from 'knex';
import { isAlive } from '../db/worker-liveness';

/** How often a process has died with a job in hand: the table `job_death`. */

/** A job by what it is, whichever row of the queue it waits in. */
export interface JobIdentity {
  name: string;
  payload: unknown;
}

/** The text of `job_death.job`: a job that is enqueued anew carries the same. */
const IDENTITY = `:name || ':' || md5((:payload::jsonb)::text)`;

const valuesOf = ({ name, payload }: JobIdentity) => ({ name, payload: JSON.stringify(payload) });

/**
 * A process has died with this job in hand. `worker`: the name under which it had taken it; `jobId`: the row of the queue in
 * which it waits now. Returns how often that has happened since it last ended a run.
 */
export async function countDeath(
  trx: Knex.Transaction,
  job: JobIdentity & { jobId: string },
  worker: string,
): Promise<number> {
  const values = { ...valuesOf(job), jobId: job.jobId, worker };
  await trx.raw(
    `insert into job_death (job, worker, job_id) values (${IDENTITY}, :worker, :jobId)
     on conflict (job, worker) do nothing`,
    values,
  );
  const { rowCount } = await trx.raw(`update job_death set job_id = :jobId where job = ${IDENTITY}`, values);
  return rowCount;
}

/** Whoever asks for it next begins without them. */
export async function forgetDeathsOf(trx: Knex.Transaction, job: JobIdentity): Promise<void> {
  await trx.raw(`delete from job_death where job = ${IDENTITY}`, valuesOf(job));
}

/** Of jobs that have ended a run since, and of processes that only seemed dead and came back. */
export async function forgetPastDeaths(trx: Knex.Transaction): Promise<void> {
  if (!(await trx('job_death').first(trx.raw('1')))) return;
  await trx.raw(
    `delete from job_death where ${isAlive('job_death.worker')}
       or not exists (select 1 from bulk_sms_queue._private_jobs where id = job_death.job_id)`,
  );
}
