import type { Knex } from 'knex';
import { hasJob, runNow } from '../../queue/job-by-id';

export type LongRequestKind = 'export' | 'comparison';

/** The jobs that work on long requests: each carries the id of its request. */
const JOB_KINDS = ['export-batch', 'compare-with-provider'] as const;

/** What a person has asked for and has not got yet. */
export interface LongRequest {
  id: string;
  kind: LongRequestKind;
  /** Who asked. */
  userId: string;
  /** Null for a comparison. */
  batchId: string | null;
  /** What exactly was asked for. */
  subject: string;
  askedAt: Date;
  /** Null while it waits. */
  startedAt: Date | null;
  /** When somebody asked to stop it. */
  stopAskedAt: Date | null;
}

const COLUMNS = {
  id: 'id',
  kind: 'kind',
  userId: 'user_id',
  batchId: 'batch_id',
  subject: 'subject',
  askedAt: 'asked_at',
  startedAt: 'started_at',
  stopAskedAt: 'stop_asked_at',
};

/** What the person has open, oldest first. Until the transaction ends, nobody else opens a request of this person. */
export async function lockOpenRequests(
  trx: Knex.Transaction,
  { userId, kind }: Pick<LongRequest, 'userId' | 'kind'>,
): Promise<LongRequest[]> {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('bulk_sms long request'), hashtext(?))`, [userId]);
  await deleteWithoutJob(trx, userId);
  return trx('long_request').where({ user_id: userId, kind }).orderBy('asked_at').select(COLUMNS);
}

/** Its job is enqueued in the same transaction. */
export async function insertRequest(
  trx: Knex.Transaction,
  { id, kind, tenantId, userId, batchId, subject }: Omit<NewRequest, 'most'> & { id: string },
): Promise<void> {
  const row = { id, kind, tenant_id: tenantId, user_id: userId, batch_id: batchId, subject };
  await trx('long_request').insert(row);
}

export interface NewRequest extends Pick<LongRequest, 'kind' | 'userId' | 'batchId' | 'subject'> {
  tenantId: string;
  /** The most of its kind that the person may have open. */
  most: number;
}

/** A workspace's open requests, oldest first; of one person where `userId` is given. */
export async function listOpenRequests(db: Knex, tenantId: string, userId?: string): Promise<LongRequest[]> {
  return db('long_request')
    .where({ tenant_id: tenantId, ...(userId ? { user_id: userId } : {}) })
    .orderBy('asked_at')
    .select(COLUMNS);
}

/** Null where there is no such open request in the workspace. */
export async function findRequest(db: Knex, tenantId: string, id: string): Promise<LongRequest | null> {
  const row = await db('long_request').where({ id, tenant_id: tenantId }).first(COLUMNS);
  return row ?? null;
}

/**
 * Its job notices at once, or while it runs. Who asked first stays who stopped it: returns false where it has ended, or is being
 * stopped already.
 */
export async function markStopped(db: Knex, id: string, stoppedBy: string | null): Promise<boolean> {
  const marked = await db('long_request')
    .where({ id })
    .whereNull('stop_asked_at')
    .update({ stop_asked_at: db.fn.now(), stopped_by: stoppedBy });
  if (marked === 1) await runNow(db, id, JOB_KINDS);
  return marked === 1;
}

/** What its job must know of a request while it runs. Null where it has no row: an earlier version made none. */
export async function markStarted(db: Knex, id: string): Promise<RunningRequest | null> {
  const [row] = await db('long_request')
    .where({ id })
    .update({ started_at: db.raw('coalesce(started_at, now())') })
    .returning(['asked_at as askedAt', 'stop_asked_at as stopAskedAt', 'stopped_by as stoppedBy']);
  return row ?? null;
}

export interface RunningRequest {
  askedAt: Date;
  stopAskedAt: Date | null;
  stoppedBy: string | null;
}

/** Null where it has no row. */
export async function findRunning(db: Knex, id: string): Promise<RunningRequest | null> {
  const row = await db('long_request')
    .where({ id })
    .first('asked_at as askedAt', 'stop_asked_at as stopAskedAt', 'stopped_by as stoppedBy');
  return row ?? null;
}

/**
 * Its job is done, given up or put aside: the person may ask for the same again. Does nothing where it has ended. `id`:
 * the one in the payload of the job.
 */
export async function endLongRequest(db: Knex, id: string): Promise<void> {
  await db('long_request').where({ id }).delete();
}

/** Ends requests whose job is gone, of all people or of one: nobody works on them any more. */
export async function deleteWithoutJob(db: Knex, userId?: string): Promise<void> {
  await db('long_request')
    .where(userId ? { user_id: userId } : {})
    .whereRaw(`not ${hasJob('long_request.id', JOB_KINDS)}`)
    .delete();
}
