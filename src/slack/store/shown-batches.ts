import { type AppContext, readsOf } from '../../batches/app-context';
import type { WholeBatch } from '../../batches/batch';
import { getBatchSummary } from '../../batches/views/get-batch-summary';
import type { Actor, SystemActor } from '../../tenants/actor';
import type { SeenShownBatch, SlackLocation } from '../blocks/parts/shown-batch';
import { listSlackBatches } from './slack-batches.sql';

/** A batch as whoever asks may see it, with its place in Slack. Null where the workspace has no such batch. */
export async function getShownBatch(
  app: AppContext,
  actor: SystemActor,
  batchId: string,
): Promise<(WholeBatch & SlackLocation) | null>;
export async function getShownBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<SeenShownBatch | null>;
export async function getShownBatch(
  app: AppContext,
  actor: Actor,
  batchId: string,
): Promise<SeenShownBatch | null> {
  const summary = await getBatchSummary(app, actor, batchId);
  const [shown] = summary ? await toShownBatches(app, actor, [summary]) : [];
  return shown ?? null;
}

/** These batches with their places in Slack, in the same order. */
export async function toShownBatches<Batch extends { id: string }>(
  app: AppContext,
  actor: Actor,
  batches: Batch[],
): Promise<(Batch & SlackLocation)[]> {
  const slackBatches = await listSlackBatches(
    readsOf(app, actor),
    batches.map(({ id }) => id),
  );
  return batches.map((batch) => {
    const { channelId = null, messageTs = null, followedAtStatus = null } = slackBatches.get(batch.id) ?? {};
    return { ...batch, channelId, messageTs, followsEarlier: followedAtStatus !== null };
  });
}
