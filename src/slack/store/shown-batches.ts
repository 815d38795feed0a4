import { type AppContext, readsOf } from '../../batches/app-context';
import type { BatchSummary } from '../../batches/batch';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import type { Actor } from '../../tenants/actor';
import type { ShownBatch } from '../blocks/parts/shown-batch';
import { listSlackBatches } from './slack-batches.sql';

/** A batch with its place in Slack. Null where the workspace has no such batch. */
export async function getShownBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<ShownBatch | null> {
  const summary = await getBatchSummary(app, actor, batchId);
  const [shown] = summary ? await toShownBatches(app, actor, [summary]) : [];
  return shown ?? null;
}

/** These batches with their places in Slack, in the same order. */
export async function toShownBatches(
  app: AppContext,
  actor: Actor,
  summaries: BatchSummary[],
): Promise<ShownBatch[]> {
  const slackBatches = await listSlackBatches(
    readsOf(app, actor),
    summaries.map(({ id }) => id),
  );
  return summaries.map((summary) => {
    const {
      channelId = null,
      messageTs = null,
      followedAtStatus = null,
    } = slackBatches.get(summary.id) ?? {};
    return { ...summary, channelId, messageTs, followsEarlier: followedAtStatus !== null };
  });
}
