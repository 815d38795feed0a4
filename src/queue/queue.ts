import { type JobHelpers, Logger, runMigrations, type TaskList } from 'graphile-worker';
import type { Knex } from 'knex';
import { isAlive, type WorkerLiveness } from '../db/worker-liveness';
import type { Log } from '../log';
import { JOBS, type JobKind, type JobPayload } from './jobs';
import { keepRunning } from './keep-running';
import { openConnections } from './open-connections';
import { startPool } from './start-pool';

/** With its neighbours, all that knows the queue library (graphile-worker, pinned: its schema is private to it). */

export interface EnqueueOptions {
  /** At most one job of this key waits; asking again while one runs makes one more, for what has changed since. */
  key?: string;
  /** Where a job of the key waits already: keep its time (coalesce), or take the new one. */
  onWaiting?: 'keep_time' | 'retime';
  delayMs?: number;
  /** Smaller runs first. */
  priority?: number;
  /** The workspace, by its id, whose bot alone may do it: others have no token to speak there. Left out: whichever. */
  workspace?: string | Knex.Raw;
}

/** The pauses between them grow from seconds to most of an hour: Slack may be away that long, and a review still comes. */
const MAX_ATTEMPTS = 9;

/**
 * Enqueues a job in the caller's transaction: it exists when, and only when, the reason for it is committed.
 * Workers are woken at the commit. A job that waits already and keeps its time is only locked, at a fraction of
 * the cost: no worker takes it before the caller's commit, so it will see what it was asked for.
 */
export async function enqueue<K extends JobKind>(
  trx: Knex | Knex.Transaction,
  kind: K,
  payload: JobPayload<K>,
  options: EnqueueOptions = {},
): Promise<void> {
  await trx.raw(
    `select graphile_worker.add_job(identifier => :kind || coalesce(':' || :workspace::text, ''), payload => :payload::json,
       run_at => case when :delay::float8 > 0 then clock_timestamp() + :delay::float8 * interval '1 ms' else null end,
       max_attempts => ${MAX_ATTEMPTS}, job_key => :key, priority => :priority, job_key_mode => :mode)
     ${options.onWaiting === 'retime' ? '' : UNLESS_WAITING}`,
    {
      kind,
      workspace: options.workspace ?? null,
      payload: JSON.stringify(payload),
      delay: options.delayMs ?? 0,
      key: options.key ?? null,
      priority: options.priority ?? 0,
      mode: options.onWaiting === 'retime' ? 'replace' : 'preserve_run_at',
    },
  );
}

const UNLESS_WAITING = `where not exists (
  select 1 from graphile_worker._private_jobs where key = :key and locked_at is null and attempts = 0 for share)`;

/** `attempt`: 1, and one more each time the same job has failed. */
export type JobHandlers = { [K in JobKind]: (payload: JobPayload<K>, attempt: number) => Promise<void> };

export interface Worker {
  /** Resolves when the work in hand is done; new work is not taken. */
  stop(): Promise<void>;
  /** False once a part of the worker has died. */
  alive(): boolean;
}

export interface WorkerOptions {
  connectionString: string;
  handlers: JobHandlers;
  /** Whose token this process has: jobs for other workspaces are left to their bots. */
  workspaceId: string;
  /** Holds the names under which this process takes jobs. */
  liveness: Pick<WorkerLiveness, 'hold'>;
  /** Jobs of kind `submit-chunk` at once in this process. */
  submitConcurrency: number;
  /** Jobs of all other kinds at once in this process. */
  otherConcurrency: number;
  log: Log;
}

/**
 * Starts taking jobs: submissions in one pool and all else in another, so that a provider that hangs
 * holds up neither messages nor polls.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { connectionString, liveness, log } = options;
  const { 'submit-chunk': submit, ...others } = taskList(options, log);
  const shared = { connectionString, liveness, logger: quietLogger(log) };
  const submissions = { 'submit-chunk': submit as TaskList[string] };
  const pools = await Promise.all([
    keepRunning(
      () => startPool({ ...shared, concurrency: options.submitConcurrency, tasks: submissions }),
      log,
    ),
    keepRunning(() => startPool({ ...shared, concurrency: options.otherConcurrency, tasks: others }), log),
  ]);
  return {
    alive: () => pools.every((pool) => pool.alive()),
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}

/** Each kind under its name, for jobs that anybody may do, and under its name in the workspace. */
function taskList({ handlers, workspaceId }: WorkerOptions, log: Log): TaskList {
  return Object.fromEntries(
    (Object.keys(handlers) as JobKind[]).flatMap((kind) => {
      const task = async (payload: unknown, { job }: JobHelpers) => {
        try {
          await handlers[kind](JOBS[kind].parse(payload) as never, job.attempts);
        } catch (error) {
          log.error({ err: error, job: kind, payload }, 'a job failed and will be tried again');
          throw error;
        }
      };
      return [
        [kind, task],
        [`${kind}:${workspaceId}`, task],
      ];
    }),
  );
}

/** The library's own lines: its faults as warnings, its chatter only when somebody debugs. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ queue: level }, message);
    else log.debug({ queue: level }, message);
  });
}

/**
 * Jobs in the hands of a process that is gone run again now; the library would wait for four hours. One that
 * only seemed gone finds its job done by another, which every job bears.
 */
export async function freeJobsOfTheDead(db: Knex): Promise<void> {
  await db.raw(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
     from graphile_worker._private_jobs where locked_by is not null and not ${isAlive('locked_by')}`,
  );
}

/** Jobs that wait for a time come sooner by so many milliseconds. */
export async function bringJobsForward(trx: Knex.Transaction, ms: number): Promise<void> {
  await trx.raw(
    `update graphile_worker._private_jobs set run_at = run_at - ? * interval '1 ms'
     where run_at > clock_timestamp() and locked_at is null`,
    [ms],
  );
}

/** Makes or updates the queue's own tables. Safe in several processes at once. */
export async function migrateQueue(connectionString: string, log: Log): Promise<void> {
  const logger = quietLogger(log);
  const pgPool = openConnections({ connectionString, logger });
  await runMigrations({ pgPool, logger }).finally(() => pgPool.end());
}
