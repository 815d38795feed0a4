import type { Knex } from 'knex';
import { type Act, type Actor, authorise } from '../../tenants/actor';
import { getPresentRole } from '../../tenants/person';
import { type BatchRow, findBatch } from './batches';

/**
 * The batch that somebody wants to act on. Null where their workspace has no such batch. Throws Forbidden where it has,
 * and they may not do this to it.
 */
export async function findForAct(
  db: Knex,
  actor: Actor,
  act: Act,
  batchId: string,
): Promise<BatchRow | null> {
  const batch = await findBatch(db, batchId, actor.tenantId);
  authoriseOn(batch, actor, act);
  return batch;
}

/**
 * The same in the transaction of the act, by the role that the person has at this moment: it may have been taken away since
 * they were identified.
 */
export async function findForActNow(
  trx: Knex.Transaction,
  actor: Actor,
  act: Act,
  batchId: string,
): Promise<BatchRow | null> {
  return findForAct(trx, await atPresent(trx, actor), act, batchId);
}

/** Decides in its transaction about an act that is on no batch. Throws Forbidden. */
export async function authoriseNow(trx: Knex.Transaction, actor: Actor, act: Act): Promise<void> {
  authorise(await atPresent(trx, actor), act);
}

async function atPresent(trx: Knex.Transaction, actor: Actor): Promise<Actor> {
  return actor.kind === 'person' ? { ...actor, role: await getPresentRole(trx, actor) } : actor;
}

/**
 * The one decision about an act on a batch that was looked for; null where there is none. While a batch is not started,
 * every act on it is one on a draft too. Throws Forbidden.
 */
export function authoriseOn(
  batch: Pick<BatchRow, 'id' | 'tenant_id' | 'user_id' | 'started_at'> | null,
  actor: Actor,
  act: Act,
): void {
  const owned = batch ? { batchId: batch.id, tenantId: batch.tenant_id, ownerId: batch.user_id } : undefined;
  // Where there is none, too: whoever may do this to no batch at all learns nothing of which there are.
  authorise(actor, act, owned);
  if (batch && !batch.started_at) authorise(actor, 'draft', owned);
}
