import type { Actor, SystemActor } from '../../tenants/actor';
import { atPresent } from '../../tenants/at-present';
import { type AppContext, readsOf } from '../app-context';
import { toSeen } from '../authority/seen-batch';
import { sightOf, sightsOf } from '../authority/sight';
import type { SeenBatch, WholeBatch } from '../batch';
import { authoriseOn, authoriseReading } from '../store/find-for-act';
import { findSummary, listSummaries, toSummary } from './batch-summaries.sql';

/** A batch as whoever asks may see it, from our own tables. Null where the workspace has no such batch. */
export async function getBatchSummary(
  app: AppContext,
  actor: SystemActor,
  batchId: string,
): Promise<WholeBatch | null>;
export async function getBatchSummary(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<SeenBatch | null>;
export async function getBatchSummary(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<SeenBatch | null> {
  const row = await findSummary(readsOf(app, actor), { tenantId: actor.tenantId, batchId });
  const reader = await atPresent(readsOf(app, actor), actor);
  authoriseOn(row, reader, 'view');
  return row && toSeen(toSummary(row), await sightOf(app, row, reader));
}

/** The workspace's started batches, newest first, at most `limit`, as whoever asks may see each; without their reasons. */
export async function listBatches(app: AppContext, actor: SystemActor, limit: number): Promise<WholeBatch[]>;
export async function listBatches(app: AppContext, actor: Actor, limit: number): Promise<SeenBatch[]>;
export async function listBatches(app: AppContext, actor: Actor, limit: number): Promise<SeenBatch[]> {
  const reader = await authoriseReading(readsOf(app, actor), actor, 'view');
  const rows = await listSummaries(readsOf(app, actor), { tenantId: actor.tenantId, limit });
  const sights = await sightsOf(app, rows, reader);
  return rows
    .map((row, index) => toSeen(toSummary(row), sights[index] ?? 'nothing'))
    .filter((seen) => seen !== null);
}
