import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { isAlive } from '../db/worker-liveness';
import { countDeath, forgetDeathsOf, forgetPastDeaths, type JobIdentity } from './count-deaths';
import { type DeadJob, retryDueDeadJobs } from './dead-jobs';
import { deathPolicy, SUSPECTS_QUEUE } from './death-policy';

/** A job that a process had in hand when it died. */
interface Suspect {
  /** The row of the queue that was in hand. */
  id: string;
  /** The row in which it waits now: its own, or one of the same content that was enqueued while it ran. */
  waitingId: string;
  name: string;
  key: string | null;
  payload: unknown;
  priority: number;
  worker: string;
}

interface Settled {
  /** They wait in the queue again. */
  freed: { name: string; deaths: number }[];
  putAside: DeadJob[];
}

/**
 * Takes jobs from processes that died while they had them in hand, so that they run again now: the library would wait for
 * four hours. Each gets a death, and one that has had too many of its kind is put aside instead (death-policy.ts). A process
 * that only seemed dead finds its job done by another, for which every job allows, and its deaths are forgiven. What
 * was put aside for a time, and waited long enough, waits in the queue again. Safe in several processes at once.
 */
export async function settleDeadWorkers(trx: Knex.Transaction): Promise<Settled> {
  await forgetPastDeaths(trx);
  await retryDueDeadJobs(trx);
  const settled: Settled = { freed: [], putAside: [] };
  for (const suspect of await lockSuspects(trx)) {
    // Two rows of one job were in hand.
    if (settled.putAside.some((job) => isSame(job, suspect))) {
      await deleteJob(trx, suspect.id);
      continue;
    }
    const { deathsUntilPutAside, runsAlone, putAsideMs } = deathPolicy(suspect.name);
    await free(trx, suspect);
    const deaths =
      deathsUntilPutAside === null
        ? 0
        : await countDeath(trx, { ...suspect, jobId: suspect.waitingId }, suspect.worker);
    if (deathsUntilPutAside !== null && deaths >= deathsUntilPutAside) {
      settled.putAside.push(await putAside(trx, suspect, deaths, putAsideMs));
    } else {
      if (runsAlone) await setApart(trx, suspect);
      settled.freed.push({ name: suspect.name, deaths });
    }
  }
  await unlockQueues(trx);
  return settled;
}

const isSame = (one: JobIdentity, other: JobIdentity) =>
  one.name === other.name && isDeepStrictEqual(one.payload, other.payload);

/** Where another of its key was enqueued while it ran, the library has taken the key from it, and it must not run again. */
async function lockSuspects(trx: Knex.Transaction): Promise<Suspect[]> {
  const { rows } = await trx.raw(
    `select jobs.id, coalesce(replacing.id, jobs.id) as "waitingId", tasks.identifier as name,
       coalesce(jobs.key, replacing.key) as key, jobs.payload, jobs.priority, jobs.locked_by as worker
     from bulk_sms_queue._private_jobs as jobs
     join bulk_sms_queue._private_tasks as tasks on tasks.id = jobs.task_id
     left join lateral (
       select other.id, other.key from bulk_sms_queue._private_jobs as other
       where jobs.key is null and jobs.attempts >= jobs.max_attempts and other.locked_by is null
         and other.task_id = jobs.task_id and other.payload::jsonb = jobs.payload::jsonb
       limit 1) as replacing on true
     where jobs.locked_by is not null and not ${isAlive('jobs.locked_by')}
     order by jobs.id for update of jobs skip locked`,
  );
  return rows;
}

/** This run does not count as a failed try of the job. */
async function free(trx: Knex.Transaction, { id, waitingId }: Suspect): Promise<void> {
  if (id !== waitingId) return deleteJob(trx, id);
  await trx.raw(
    `update bulk_sms_queue._private_jobs
     set locked_by = null, locked_at = null, attempts = greatest(attempts - 1, 0) where id = ?`,
    [id],
  );
}

/** Of several suspects only the one to blame dies again, since they run one at a time. */
async function setApart(trx: Knex.Transaction, { waitingId }: Suspect): Promise<void> {
  await trx.raw(
    `insert into bulk_sms_queue._private_job_queues (queue_name) values (?) on conflict do nothing`,
    [SUSPECTS_QUEUE],
  );
  await trx.raw(
    `update bulk_sms_queue._private_jobs set job_queue_id =
       (select id from bulk_sms_queue._private_job_queues where queue_name = ?) where id = ?`,
    [SUSPECTS_QUEUE, waitingId],
  );
}

async function putAside(
  trx: Knex.Transaction,
  suspect: Suspect,
  deaths: number,
  putAsideMs: number | null,
): Promise<DeadJob> {
  await deleteJob(trx, suspect.waitingId);
  await forgetDeathsOf(trx, suspect);
  const { name, key, payload, priority } = suspect;
  const { tenantId, batchId } = payload as { tenantId?: string; batchId?: string };
  const { rows } = await trx.raw(
    `insert into dead_job (name, key, payload, priority, tenant_id, batch_id, deaths, retry_at)
     values (:name, :key, :payload::jsonb, :priority, (select id from tenant where id = :tenantId),
       (select id from sms_batch where id = :batchId), :deaths, clock_timestamp() + :ms::float8 * interval '1 ms')
     returning id, tenant_id as "tenantId", batch_id as "batchId", put_aside_at as "putAsideAt", retry_at as "retryAt"`,
    {
      ...{ name, key, priority, deaths },
      payload: JSON.stringify(payload),
      tenantId: tenantId ?? null,
      batchId: batchId ?? null,
      ms: putAsideMs,
    },
  );
  return { name, key, payload, priority, deaths, ...rows[0] };
}

async function deleteJob(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('bulk_sms_queue._private_jobs').where({ id }).delete();
}

/**
 * Those of dead processes, and those of which whoever locked them has no job in hand: the library unlocks a queue together with
 * the end of its job, and where another process has ended that job already, it would stay locked for four hours.
 */
async function unlockQueues(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `update bulk_sms_queue._private_job_queues as queues set locked_by = null, locked_at = null
     where locked_by is not null and (not ${isAlive('queues.locked_by')} or not exists (
       select 1 from bulk_sms_queue._private_jobs as jobs
       where jobs.job_queue_id = queues.id and jobs.locked_by = queues.locked_by))`,
  );
}
