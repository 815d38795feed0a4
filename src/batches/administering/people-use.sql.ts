import type { Knex } from 'knex';
import { OPEN_DRAFT } from '../importing/open-drafts.sql';
import { type BatchStatus, CANCELLABLE } from '../states';

/** What people of a workspace use, one row a person. */

export interface UseRow {
  userId: string;
  externalId: string;
  isBlocked: boolean;
  /** Started in these days, with their texts and what became of them so far. */
  batches: number;
  texts: number;
  delivered: number;
  failed: number;
  /** Asked for in these days: exports and comparisons. */
  files: number;
  /** Now: open drafts and the rows of their lists, and exports and comparisons that wait or run. */
  drafts: number;
  draftRows: number;
  requests: number;
}

/** Those who have used it in the last days, or have something open: the most rows first, sent and drafted. */
export async function listUse(
  db: Knex,
  key: { tenantId: string; days: number; limit: number },
): Promise<UseRow[]> {
  const { rows } = await db.raw(
    `with sent as (
       select user_id, count(*) as batches, sum(total_count) as texts, sum(success_count) as delivered,
         sum(failed_count) as failed
       from sms_batch where tenant_id = :tenantId and started_at >= now() - :days * interval '1 day' group by user_id),
     drafted as (
       select user_id, count(*) as drafts, sum(greatest(total_count, read_rows)) as rows
       from sms_batch where tenant_id = :tenantId and started_at is null and status = any(:open) group by user_id),
     asked as (
       select user_id, count(*) as files from audit_event
       where tenant_id = :tenantId and at >= now() - :days * interval '1 day'
         and action in ('batch.export', 'provider.compare') group by user_id),
     running as (select user_id, count(*) as requests from long_request where tenant_id = :tenantId group by user_id)
     select person.id as "userId", person.external_id as "externalId", person.blocked_at is not null as "isBlocked",
       coalesce(batches, 0)::int as batches, coalesce(texts, 0)::float8 as texts,
       coalesce(delivered, 0)::float8 as delivered, coalesce(failed, 0)::float8 as failed,
       coalesce(files, 0)::int as files, coalesce(drafts, 0)::int as drafts,
       coalesce(drafted.rows, 0)::float8 as "draftRows", coalesce(requests, 0)::int as requests
     from app_user as person
       left join sent on sent.user_id = person.id left join drafted on drafted.user_id = person.id
       left join asked on asked.user_id = person.id left join running on running.user_id = person.id
     where person.tenant_id = :tenantId
       and coalesce(sent.user_id, drafted.user_id, asked.user_id, running.user_id) is not null
     order by coalesce(texts, 0) + coalesce(drafted.rows, 0) desc, coalesce(files, 0) desc, person.id
     limit :limit`,
    { ...key, open: OPEN_DRAFT },
  );
  return rows;
}

/** What batches of these people that were started in the last days have cost so far. `cost` is a decimal string. */
export async function listCosts(
  db: Knex,
  { tenantId, days, userIds }: { tenantId: string; days: number; userIds: string[] },
): Promise<{ userId: string; currency: string; cost: string }[]> {
  return db('sms_batch as batch')
    .join('sms_batch_cost as charged', 'charged.batch_id', 'batch.id')
    .where('batch.tenant_id', tenantId)
    .whereIn('batch.user_id', userIds)
    .whereRaw(`batch.started_at >= now() - ? * interval '1 day'`, [days])
    .groupBy('batch.user_id', 'charged.currency')
    .orderBy('charged.currency')
    .select('batch.user_id as userId', 'charged.currency')
    .select(db.raw('trim_scale(sum(cost_each * messages))::text as cost'));
}

/** A draft, and nothing of its text and its list. */
export interface AnyDraft {
  batchId: string;
  userId: string;
  externalId: string;
  createdAt: Date;
  /** Of its list, as far as it was read. */
  rows: number;
}

/** Open drafts of a workspace, oldest first, at most `limit`. */
export async function listAnyDrafts(db: Knex, tenantId: string, limit: number): Promise<AnyDraft[]> {
  return drafts(db, tenantId)
    .join('app_user as person', 'person.id', 'batch.user_id')
    .orderBy('batch.id')
    .limit(limit)
    .select({
      batchId: 'batch.id',
      userId: 'person.id',
      externalId: 'person.external_id',
      createdAt: 'batch.created_at',
    })
    .select(db.raw('greatest(total_count, read_rows) as rows'));
}

/** The open drafts of a person and of their keys. */
export async function listDraftIds(db: Knex, tenantId: string, userId: string): Promise<string[]> {
  return drafts(db, tenantId).where('batch.user_id', userId).orderBy('batch.id').pluck('batch.id');
}

/** How many batches of a person still send, or are paused. */
export async function countSending(db: Knex, tenantId: string, userId: string): Promise<number> {
  const [row] = await db('sms_batch')
    .where({ tenant_id: tenantId, user_id: userId })
    .whereNotNull('started_at')
    .whereIn('status', CANCELLABLE as BatchStatus[])
    .count('* as count');
  return Number(row?.count ?? 0);
}

const drafts = (db: Knex, tenantId: string): Knex.QueryBuilder =>
  db('sms_batch as batch')
    .where({ 'batch.tenant_id': tenantId, 'batch.started_at': null })
    .whereIn('batch.status', OPEN_DRAFT as BatchStatus[]);
