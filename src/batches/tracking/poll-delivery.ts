import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueAnnouncement, enqueueStatusMessage } from '../enqueue-jobs';
import { createProviderClient } from '../provider/provider-client';
import type { BatchStatus } from '../states';
import { findBatch } from '../store/batches';
import type { TrackedKey } from '../store/detail-table';
import { addToCounts, moveToCompletedAtHorizon } from '../store/move-batch';
import { moveOpenToUnknown } from '../store/move-recipients';
import { pollByIds } from './poll-by-ids';
import { pollByRecords } from './poll-by-records';
import {
  findPollCursor,
  lastContact,
  msSinceSubmitted,
  POLL_START,
  savePollCursor,
} from './poll-progress.sql';
import { recordOutcomes } from './record-outcomes';

const LONGEST_MS = 900_000;
/** From this age on, the provider's own list is read where that costs fewer calls. */
const LIST_AFTER_MS = 86_400_000;

const TRACKED: readonly BatchStatus[] = ['pending', 'submitting', 'paused', 'submitted'];

/**
 * One step of tracking: asks about the next open recipients, records final outcomes, and comes back for the next step.
 * After a round over all of them comes a pause that grows with the batch's age. A step that is killed at any moment starts
 * over: it asks only about what is not final.
 */
export async function pollDelivery(
  app: AppContext,
  { batchId, accountId }: { batchId: string; accountId: string },
): Promise<JobResult> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || !TRACKED.includes(batch.status)) return DONE;
  const ageMs = await msSinceSubmitted(app.db, batchId);
  const leftMs = batch.status === 'submitted' ? app.settings.deliveryHorizonMs - ageMs : LONGEST_MS;
  if (leftMs < 0) return completeAtHorizon(app, batchId);
  const pauseMs = intervalMs(app, ageMs, leftMs);
  const waitMs = await waitForWebhooksMs(app, batchId, accountId, pauseMs);
  if (waitMs > 0) return snooze(waitMs);
  const cursor = await findPollCursor(app.db, batchId, accountId);
  const account = await app.accounts.find(accountId, batch.user_id);
  if (!account || !cursor) return DONE;
  const client = createProviderClient(app, account);
  const key = { provider: account.provider, batchId, accountId };
  // Before the horizon completes the batch, all open recipients are asked about by id once more.
  const mayReadList = ageMs > LIST_AFTER_MS && leftMs > LONGEST_MS;
  const step =
    (mayReadList ? await pollByRecords(app, key, client, cursor) : null) ??
    (await pollByIds(app, key, client, cursor));
  if (step === null) return endRound(app, key, pauseMs);
  await app.db.transaction(async (trx) => {
    await recordOutcomes(trx, { ...key, ...step.chunks }, step.statuses, 'poll');
    await savePollCursor(trx, key, step.after);
    await advanceBatch(app, trx, batchId);
  });
  return snooze(step.snoozeMs);
}

/**
 * How long to wait for webhooks, since each delivery report saves a question: until none has come for one interval. Then
 * what is still open is asked about. 0: ask now. Even if reports keep coming one by one, the poll asks at least once in
 * the longest interval.
 */
async function waitForWebhooksMs(
  app: AppContext,
  batchId: string,
  accountId: string,
  pauseMs: number,
): Promise<number> {
  const { sinceReportMs, sincePollMs } = await lastContact(app.db, batchId, accountId);
  if (sinceReportMs === null || sincePollMs > LONGEST_MS) return 0;
  return Math.max(0, pauseMs - sinceReportMs);
}

async function endRound(app: AppContext, key: TrackedKey, pauseMs: number): Promise<JobResult> {
  await app.db.transaction(async (trx) => {
    await savePollCursor(trx, key, POLL_START);
    await advanceBatch(app, trx, key.batchId);
  });
  return snooze(pauseMs);
}

/** The next round comes after a quarter of the time since submission: often at first, rarely after hours. */
function intervalMs(app: AppContext, ageMs: number, leftMs: number): number {
  return Math.min(LONGEST_MS, Math.max(app.settings.deliveryPollMs, ageMs / 4), Math.max(0, leftMs) + 1_000);
}

/** The delivery horizon has passed: recipients without a final outcome become unknown, and the batch completes. */
async function completeAtHorizon(app: AppContext, batchId: string): Promise<JobResult> {
  await app.db.transaction(async (trx) => {
    const unknown = await moveOpenToUnknown(trx, batchId);
    await addToCounts(trx, batchId, { sending: -unknown, unknown });
    if (!(await moveToCompletedAtHorizon(trx, batchId))) return;
    await enqueueAnnouncement(trx, batchId);
    await enqueueStatusMessage(trx, batchId, 0);
  });
  return DONE;
}
