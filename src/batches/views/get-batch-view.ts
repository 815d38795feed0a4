import type { Knex } from 'knex';
import type { Act, Actor, SystemActor } from '../../tenants/actor';
import { atPresent } from '../../tenants/at-present';
import { type AppContext, readsOf } from '../app-context';
import { toSeenView } from '../authority/seen-batch';
import { sightOf } from '../authority/sight';
import type { BatchCost, BatchInsights, BatchView, SeenView, WholeBatch } from '../batch';
import { authoriseOn } from '../store/find-for-act';
import { findWithInsights, type InsightRow } from './batch-insights.sql';
import { toSummary } from './batch-summaries.sql';

/**
 * What a message or page shows of a batch to whoever asks, from our own tables: one query, so that all of it is of one
 * moment. Null where the workspace has no such batch, or it is a draft.
 */
export async function getBatchView(
  app: AppContext,
  actor: SystemActor,
  batchId: string,
): Promise<{ summary: WholeBatch; insights: BatchInsights } | null>;
export async function getBatchView(app: AppContext, actor: Actor, batchId: string): Promise<SeenView | null>;
export async function getBatchView(app: AppContext, actor: Actor, batchId: string): Promise<SeenView | null> {
  const view = await readBatchView(readsOf(app, actor), actor, 'view', batchId);
  return view && seenBy(app, actor, view);
}

/** What of it somebody may see; null for nothing. */
export async function seenBy(
  app: Pick<AppContext, 'audiences'>,
  actor: Actor,
  view: BatchView,
): Promise<SeenView | null> {
  const { id, tenantId, sender } = view.summary;
  const owned = { id, tenant_id: tenantId, user_id: sender.userId };
  return toSeenView(view, await sightOf(app, owned, actor));
}

/** All of it, for another act, within a reader's own snapshot. */
export async function readBatchView(
  db: Knex,
  actor: Actor,
  act: Act,
  batchId: string,
): Promise<BatchView | null> {
  const row = await findWithInsights(db, { tenantId: actor.tenantId, batchId });
  authoriseOn(row, await atPresent(db, actor), act);
  return row?.started_at ? { summary: toSummary(row), insights: toInsights(row) } : null;
}

function toInsights(row: InsightRow): BatchInsights {
  const { pace, accepted, contradicted, countries, cost_estimate: estimate } = row;
  return { pace, cost: toCost(row), estimate, accepted, contradicted, curve: toCurve(row), countries };
}

function toCost({ cost_sums: sums, implausible_costs: implausible }: InsightRow): BatchCost {
  return {
    sums,
    pricedTexts: sums.reduce((sum, one) => sum + one.messages, 0),
    segmentsCharged: sums.reduce((sum, one) => sum + one.segments, 0),
    implausible,
  };
}

function toCurve({
  started_at: start,
  completed_at: end,
  steps,
  outcomes,
}: InsightRow): BatchInsights['curve'] {
  if (!start || !end || !steps || steps < 2) return [];
  const tookMs = end.getTime() - start.getTime();
  const until = (step: number, status: 'delivered' | 'failed') =>
    outcomes.reduce((sum, one) => sum + (one.status === status && one.step <= step ? one.count : 0), 0);
  return Array.from({ length: steps }, (_, index) => ({
    afterMs: Math.round((tookMs * (index + 1)) / steps),
    delivered: until(index + 1, 'delivered'),
    failed: until(index + 1, 'failed'),
  }));
}
