import type { Knex } from 'knex';
import { type Act, type Actor, authorise } from '../../tenants/actor';
import { atPresent } from '../../tenants/at-present';
import { type BatchRow, findBatch } from './batches';

/**
 * The batch that somebody wants to act on. Null where their workspace has no such batch. Throws Forbidden where it has,
 * and they may not do this to it, by the rights that they have at this moment.
 */
export async function findForAct(
  db: Knex,
  actor: Actor,
  act: Act,
  batchId: string,
): Promise<BatchRow | null> {
  return findFor(db, await atPresent(db, actor), act, batchId);
}

async function findFor(db: Knex, actor: Actor, act: Act, batchId: string): Promise<BatchRow | null> {
  const batch = await findBatch(db, batchId, actor.tenantId);
  authoriseOn(batch, actor, act);
  return batch;
}

/** The same in the transaction of the act: nobody is blocked before it ends. */
export async function findForActNow(
  trx: Knex.Transaction,
  actor: Actor,
  act: Act,
  batchId: string,
): Promise<BatchRow | null> {
  return findFor(trx, await atPresent(trx, actor, 'held'), act, batchId);
}

/** Decides in its transaction about an act that is on no batch. Throws Forbidden. */
export async function authoriseNow(trx: Knex.Transaction, actor: Actor, act: Act): Promise<void> {
  authorise(await atPresent(trx, actor, 'held'), act);
}

/** Decides about what is only read, on no batch. Returns who asks, with the rights of this moment. Throws Forbidden. */
export async function authoriseReading<A extends Actor>(db: Knex, actor: A, act: Act): Promise<A> {
  const now = await atPresent(db, actor);
  authorise(now, act);
  return now;
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
