import type { Knex } from 'knex';
import { deathPolicy } from './death-policy';
import type { JobKind, JobPayload } from './jobs';

interface EnqueueOptions {
  /** At most one job of a key waits. Asking again while one runs makes one more, for what has changed since. */
  key?: string;
  /** Where a job of the key waits already: keep its time (the default), or take the new one. */
  onWaiting?: 'keep_time' | 'retime';
  delayMs?: number;
  /** Smaller runs first. */
  priority?: number;
}

/** Kinds whose payload names their workspace. */
type KindOfWorkspace = {
  [K in JobKind]: JobPayload<K> extends { tenantId: string } ? K : never;
}[JobKind];

/** The payload gets the id of this batch's workspace as `tenantId`. */
interface TenantOf {
  tenantOf: string;
}

/**
 * The pauses between tries grow from seconds to most of an hour: Slack may be away that long, and a review still comes.
 */
export const MAX_TRIES = 9;

/**
 * Enqueues a job in the caller's transaction: the job exists if and only if the reason for it is committed. Workers
 * are notified at the commit. A job that waits already and keeps its time is only locked, at a fraction of the cost:
 * no worker takes it before the caller's commit, so it will see what it was enqueued for. One that was put aside for a
 * time, because its process died of it, is not enqueued meanwhile.
 */
export async function enqueue<K extends JobKind>(
  trx: Knex | Knex.Transaction,
  kind: K,
  payload: JobPayload<K>,
  options?: EnqueueOptions,
): Promise<void>;
export async function enqueue<K extends KindOfWorkspace>(
  trx: Knex | Knex.Transaction,
  kind: K,
  payload: Omit<JobPayload<K>, 'tenantId'>,
  options: EnqueueOptions & TenantOf,
): Promise<void>;
export async function enqueue(
  trx: Knex | Knex.Transaction,
  kind: JobKind,
  payload: object,
  options: EnqueueOptions & Partial<TenantOf> = {},
): Promise<void> {
  await trx.raw(
    `select bulk_sms_queue.add_job(identifier => :kind,
       payload => ${options.tenantOf ? PAYLOAD_WITH_TENANT : ':payload::json'},
       run_at => case when :delay::float8 > 0 then clock_timestamp() + :delay::float8 * interval '1 ms' else null end,
       max_attempts => ${MAX_TRIES}, job_key => :key, priority => :priority, job_key_mode => :mode)
     where ${conditionsOf(kind, options).join(' and ')}`,
    {
      kind,
      ...(options.tenantOf ? { batchId: options.tenantOf } : {}),
      payload: JSON.stringify(payload),
      delay: options.delayMs ?? 0,
      key: options.key ?? null,
      priority: options.priority ?? 0,
      mode: options.onWaiting === 'retime' ? 'replace' : 'preserve_run_at',
    },
  );
}

const PAYLOAD_WITH_TENANT = `(:payload::jsonb || jsonb_build_object(
  'tenantId', (select tenant_id::text from sms_batch where id = :batchId)))::json`;

function conditionsOf(kind: JobKind, { key, onWaiting }: EnqueueOptions): string[] {
  const conditions = ['true'];
  if (onWaiting !== 'retime') conditions.push(NOT_WAITING);
  if (key !== undefined && deathPolicy(kind).putAsideMs !== null) conditions.push(NOT_PUT_ASIDE);
  return conditions;
}

const NOT_WAITING = `not exists (
  select 1 from bulk_sms_queue._private_jobs where key = :key and locked_at is null and attempts = 0 for share)`;

const NOT_PUT_ASIDE = 'not exists (select 1 from dead_job where key = :key)';
