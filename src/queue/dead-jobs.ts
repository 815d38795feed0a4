import type { Knex } from 'knex';
import { countDeath } from './count-deaths';
import { deathPolicy, SUSPECTS_QUEUE } from './death-policy';
import { MAX_TRIES } from './enqueue';

/** Jobs that were put aside because their process died of them: the table `dead_job`. */

/** `payload` contains ids only, but show none of it: what it is about is in the other members. */
export interface DeadJob {
  id: string;
  /** Its kind, or a former name of it. */
  name: string;
  key: string | null;
  payload: unknown;
  priority: number;
  tenantId: string | null;
  batchId: string | null;
  deaths: number;
  putAsideAt: Date;
  /** When it runs again by itself. Null: when an operator says so. */
  retryAt: Date | null;
}

const COLUMNS = {
  id: 'id',
  name: 'name',
  key: 'key',
  payload: 'payload',
  priority: 'priority',
  tenantId: 'tenant_id',
  batchId: 'batch_id',
  deaths: 'deaths',
  putAsideAt: 'put_aside_at',
  retryAt: 'retry_at',
};

/** What operators look at, oldest first. At most `limit` of them. */
export async function listDeadJobs(db: Knex, limit: number): Promise<DeadJob[]> {
  return db('dead_job').orderBy('id').limit(limit).select(COLUMNS);
}

/** Null where there is none of this id, such as one that was retried or dropped. */
export async function findDeadJob(db: Knex, id: string): Promise<DeadJob | null> {
  return isId(id) ? ((await db('dead_job').where({ id }).first(COLUMNS)) ?? null) : null;
}

/** Its row is gone, and nothing else happens. Returns what it was; null where there is none of this id. */
export async function dropDeadJob(trx: Knex, id: string): Promise<DeadJob | null> {
  if (!isId(id)) return null;
  const dropped = await trx('dead_job').where({ id }).delete().returning(Object.values(COLUMNS));
  return dropped[0] ? fromRow(dropped[0]) : null;
}

/**
 * It waits in the queue again. One that kills its process once more is put aside at once, if it is of a kind that is
 * put aside early. Returns what it was; null where there is none of this id.
 */
export async function retryDeadJob(trx: Knex.Transaction, id: string): Promise<DeadJob | null> {
  const job = await dropDeadJob(trx, id);
  if (!job) return null;
  const jobId = await putBack(trx, job);
  if (deathPolicy(job.name).runsAlone) await countDeath(trx, { ...job, jobId }, `retried-${id}`);
  return job;
}

/** Those whose time has come wait in the queue again. */
export async function retryDueDeadJobs(trx: Knex.Transaction): Promise<void> {
  const due = await trx('dead_job')
    .whereRaw('retry_at <= clock_timestamp()')
    .delete()
    .returning(Object.values(COLUMNS));
  for (const row of due) await putBack(trx, fromRow(row));
}

/**
 * Somebody has decided that this batch goes on: what was put aside for a time may be enqueued again, and what was put
 * aside for good stays so.
 */
export async function releaseJobsOfBatch(trx: Knex, batchId: string): Promise<void> {
  await trx('dead_job').where({ batch_id: batchId }).whereNotNull('retry_at').delete();
}

/** Returns the id of its row in the queue. */
async function putBack(trx: Knex.Transaction, job: DeadJob): Promise<string> {
  const { rows } = await trx.raw(
    `select id from bulk_sms_queue.add_job(identifier => :name, payload => :payload::json, queue_name => :queue,
       max_attempts => ${MAX_TRIES}, job_key => :key, priority => :priority, job_key_mode => 'preserve_run_at')`,
    {
      name: job.name,
      payload: JSON.stringify(job.payload),
      queue: deathPolicy(job.name).runsAlone ? SUSPECTS_QUEUE : null,
      key: job.key,
      priority: job.priority,
    },
  );
  return rows[0].id;
}

const isId = (id: string) => /^[1-9]\d{0,17}$/.test(id);

function fromRow(row: Record<string, unknown>): DeadJob {
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([name, column]) => [name, row[column]]),
  ) as unknown as DeadJob;
}
