import { type Actor, authorise } from '../../tenants/actor';
import { type AppContext, readsOf } from '../app-context';
import type { BatchSummary } from '../batch';
import { authoriseOn } from '../store/find-for-act';
import { findSummary, listSummaries, toSummary } from './batch-summaries.sql';

/** A batch as people see it, from our own tables. Null where the workspace has no such batch. */
export async function getBatchSummary(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<BatchSummary | null> {
  const row = await findSummary(readsOf(app, actor), { tenantId: actor.tenantId, batchId });
  authoriseOn(row, actor, 'view');
  return row && toSummary(row);
}

/** The workspace's started batches, newest first, at most `limit`; without their reasons. */
export async function listBatches(app: AppContext, actor: Actor, limit: number): Promise<BatchSummary[]> {
  authorise(actor, 'view');
  const rows = await listSummaries(readsOf(app, actor), { tenantId: actor.tenantId, limit });
  return rows.map(toSummary);
}
