import type { Knex } from 'knex';
import type { ApiKeyActor, PersonActor } from '../../tenants/actor';
import type { BatchStatus } from '../states';
import { type BatchRow, findBatch } from '../store/batches';

/** Open drafts: batches that nobody has sent or discarded yet (index sms_batch_open_draft). */

export const OPEN_DRAFT: readonly BatchStatus[] = ['draft', 'importing', 'ready'];

type Owner = PersonActor | ApiKeyActor;

/** Until the transaction ends, nobody else of the workspace makes a draft: whoever counts them counts right. */
export async function lockDrafts(trx: Knex.Transaction, tenantId: string): Promise<void> {
  await trx('tenant').where({ id: tenantId }).forNoKeyUpdate().first('id');
}

/** How many drafts the workspace has open, and how many of them this person or key has made. */
export async function countDrafts(db: Knex, owner: Owner): Promise<{ ofOwner: number; ofWorkspace: number }> {
  const [counted] = await openDrafts(db, owner.tenantId)
    .count('* as of_workspace')
    .select(db.raw('count(*) filter (where ?) as of_owner', [madeBy(db, owner)]));
  return { ofOwner: Number(counted.of_owner), ofWorkspace: Number(counted.of_workspace) };
}

/** The newest one of this person or key. Null where they have none. */
export async function findNewestDraft(db: Knex, owner: Owner): Promise<BatchRow | null> {
  const row = await openDrafts(db, owner.tenantId)
    .whereRaw(madeBy(db, owner))
    .orderBy('id', 'desc')
    .first('id');
  return row ? findBatch(db, row.id, owner.tenantId) : null;
}

/** A person's are those that they made themselves, not those of their keys. */
function madeBy(db: Knex, owner: Owner): Knex.Raw {
  if (owner.kind === 'api_key') return db.raw('key_id = ?', [owner.keyId]);
  return db.raw('user_id = ? and key_id is null', [owner.userId]);
}

function openDrafts(db: Knex, tenantId: string): Knex.QueryBuilder {
  return db('sms_batch')
    .where({ tenant_id: tenantId, started_at: null })
    .whereIn('status', OPEN_DRAFT as BatchStatus[]);
}
