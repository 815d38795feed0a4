import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueAnnouncement, enqueuePoll, enqueueStatusMessage } from '../enqueue-jobs';
import { openProviderClient } from '../provider/provider-client';
import type { BatchStatus } from '../states';
import { type BatchRow, findBatch } from '../store/batches';
import { addToCounts, moveToCompletedAtHorizon } from '../store/move-batch';
import { moveOpenToUnknown } from '../store/move-recipients';
import { pollByIds } from './poll-by-ids';
import { pollByRecords } from './poll-by-records';
import { lastContact, msSinceSubmitted, POLL_START, savePollCursor } from './poll-progress.sql';
import { recordOutcomes } from './record-outcomes';

const LONGEST_MS = 900_000;
/** From this age on, the provider's own list is read where that costs fewer calls. */
const LIST_AFTER_MS = 86_400_000;

const TRACKED: readonly BatchStatus[] = ['pending', 'submitting', 'paused', 'submitted'];

/**
 * One step of tracking: queries the next open recipients, records final outcomes, and enqueues the next step.
 * After a round over the whole batch comes a pause that grows with the batch's age. A step that is killed at
 * any moment starts over: it queries only what is not final.
 */
export async function pollDelivery(app: AppContext, batchId: string): Promise<void> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || !TRACKED.includes(batch.status)) return;
  const ageMs = await msSinceSubmitted(app.db, batchId);
  const leftMs = batch.status === 'submitted' ? app.settings.deliveryHorizonMs - ageMs : LONGEST_MS;
  if (leftMs < 0) return completeAtHorizon(app, batch);
  const pauseMs = intervalMs(app, ageMs, leftMs);
  const waitMs = await waitForWebhooksMs(app, batchId, pauseMs);
  if (waitMs > 0) return enqueuePoll(app.db, batchId, waitMs, 'retime');
  const cursor = { chunk: batch.poll_after_chunk, id: batch.poll_after_id };
  const client = await openProviderClient(app, batch);
  if ('snoozeMs' in client) return enqueuePoll(app.db, batchId, client.snoozeMs, 'retime');
  // Before the horizon completes the batch, all open recipients are queried by id once more.
  const mayReadList = ageMs > LIST_AFTER_MS && leftMs > LONGEST_MS;
  const step =
    (mayReadList ? await pollByRecords(app, batch, client, cursor) : null) ??
    (await pollByIds(app, batch, client, cursor));
  if (step === null) return endRound(app, batch, pauseMs);
  await app.db.transaction(async (trx) => {
    await recordOutcomes(trx, batch, step.chunks, step.statuses, 'poll');
    await savePollCursor(trx, batchId, step.after);
    await advanceBatch(app, trx, batchId);
    await enqueuePoll(trx, batchId, step.snoozeMs, 'retime');
  });
}

/**
 * How long to wait for webhooks, since each delivery report saves a query: until none has come for one
 * interval. Then what is still open is queried. 0: query now. Even if reports keep coming one by one, the
 * poll queries at least once in the longest interval.
 */
async function waitForWebhooksMs(app: AppContext, batchId: string, pauseMs: number): Promise<number> {
  const { sinceReportMs, sincePollMs } = await lastContact(app.db, batchId);
  if (sinceReportMs === null || sincePollMs > LONGEST_MS) return 0;
  return Math.max(0, pauseMs - sinceReportMs);
}

async function endRound(app: AppContext, batch: BatchRow, pauseMs: number): Promise<void> {
  await app.db.transaction(async (trx) => {
    await savePollCursor(trx, batch.id, POLL_START);
    await advanceBatch(app, trx, batch.id);
    await enqueuePoll(trx, batch.id, pauseMs, 'retime');
  });
}

/** The next round comes after a quarter of the time since submission: often at first, rarely after hours. */
function intervalMs(app: AppContext, ageMs: number, leftMs: number): number {
  return Math.min(LONGEST_MS, Math.max(app.settings.deliveryPollMs, ageMs / 4), Math.max(0, leftMs) + 1_000);
}

/**
 * The delivery horizon has passed: recipients without a final outcome become unknown, and the batch
 * completes.
 */
async function completeAtHorizon(app: AppContext, batch: BatchRow): Promise<void> {
  await app.db.transaction(async (trx) => {
    const unknown = await moveOpenToUnknown(trx, { provider: batch.channel, batchId: batch.id });
    await addToCounts(trx, batch.id, { sending: -unknown, unknown });
    if (!(await moveToCompletedAtHorizon(trx, batch.id))) return;
    await enqueueAnnouncement(trx, batch.id);
    await enqueueStatusMessage(trx, batch.id, 0);
  });
}
