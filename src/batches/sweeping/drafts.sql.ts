import type { Knex } from 'knex';
import { keepFromImport } from '../importing/copy-recipients.sql';
import { OPEN_DRAFT } from '../importing/open-drafts.sql';
import type { BatchStatus } from '../states';
import { listProviders } from '../store/batch-accounts';
import { detailTable } from '../store/detail-table';

/** Drafts that expire, and the lists of those that were never sent. */

export interface IdleDraft {
  id: string;
  tenant_id: string;
  /** Since somebody last acted on it, or its list was read. */
  idle_ms: number;
}

/** Drafts on which nobody has acted for so long, by the database's clock; at most `limit`. */
export async function listIdleDrafts(db: Knex, idleMs: number, limit: number): Promise<IdleDraft[]> {
  return idleDrafts(db, idleMs)
    .orderBy('id')
    .limit(limit)
    .select('id', 'tenant_id')
    .select(db.raw('(extract(epoch from now() - moved_at) * 1000)::float8 as idle_ms'));
}

/**
 * Locks the draft until the transaction ends. Returns false where it is not idle any more, or where somebody acts on it at
 * this moment: its list is being read, or its Send is being recorded.
 */
export async function lockIdleDraft(
  trx: Knex.Transaction,
  batchId: string,
  idleMs: number,
): Promise<boolean> {
  if (!(await keepFromImport(trx, batchId))) return false;
  const row = await idleDrafts(trx, idleMs).where({ id: batchId }).forUpdate().skipLocked().first('id');
  return row !== undefined;
}

function idleDrafts(db: Knex, idleMs: number): Knex.QueryBuilder {
  return db('sms_batch')
    .where({ started_at: null })
    .whereIn('status', OPEN_DRAFT as BatchStatus[])
    .whereRaw(`moved_at < now() - ? * interval '1 ms'`, [idleMs]);
}

/** Discarded and expired drafts whose list is still there (index sms_batch_unsent_list), oldest first. */
export async function listUnsentLists(db: Knex, limit: number): Promise<string[]> {
  return db('sms_batch')
    .where({ started_at: null, status: 'cancelled', list_deleted_at: null })
    .orderBy('id')
    .limit(limit)
    .pluck('id');
}

/**
 * Deletes up to `most` rows of such a list. Returns how many there were; fewer than `most`: the whole list is deleted now,
 * its sources too, and the batch is known by its counts alone. Null where its list is still being read.
 */
export async function deleteFromUnsentList(db: Knex, batchId: string, most: number): Promise<number | null> {
  return db.transaction(async (trx) => {
    if (!(await keepFromImport(trx, batchId))) return null;
    const details = (await listProviders(trx, batchId)).map(detailTable);
    let deleted = 0;
    for (const table of [...details, 'sms_rejected_recipient', 'sms_submission']) {
      deleted += await deleteSome(trx, table, batchId, most - deleted);
      if (deleted === most) return deleted;
    }
    for (const table of ['sms_batch_account', 'sms_batch_source']) {
      await trx(table).where({ batch_id: batchId }).delete();
    }
    await trx('sms_batch').where({ id: batchId }).update({ list_deleted_at: trx.fn.now() });
    return deleted;
  });
}

async function deleteSome(
  trx: Knex.Transaction,
  table: string,
  batchId: string,
  most: number,
): Promise<number> {
  const some = trx(table).where({ batch_id: batchId }).limit(most).select('ctid');
  return trx(table).whereRaw('ctid = any(array(?))', [some]).delete();
}
