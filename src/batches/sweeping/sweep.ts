import { type JobResult, snooze } from '../../queue/job-result';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueImport, enqueueInbox, enqueueLanes, enqueuePoll, enqueueReconcile } from '../enqueue-jobs';
import { deleteOldExports } from '../exporting/export-files.sql';
import { deleteWithoutJob } from '../long-requests/long-requests.sql';
import { raiseAlert } from '../raise-alert';
import { countLanes } from '../sending/lanes';
import { recordUnknown } from '../sending/record-unknown';
import { RUNNING } from '../states';
import { listBatchAccounts } from '../store/batch-accounts';
import { type ExpiredSubmission, listExpired } from '../store/submissions';
import { deleteOldInbox, listDueInboxes } from '../store/webhook-inbox';
import { type ActiveBatch, walkActiveBatches } from './active-batches.sql';
import { deleteUnsentLists, expireDrafts } from './expire-drafts';
import { handleClockSetBack } from './handle-clock-set-back';

const SWEEP_EVERY_MS = 15_000;
/** How much longer than its deadline a call may take, including the recording of its result. */
const GRACE_MS = 15_000;
/** How long webhooks are kept; each sweep deletes some of the older ones. */
const KEEP_WEBHOOKS_MS = 7 * 24 * 3_600_000;
const DELETE_AT_ONCE = 5_000;
/** A batch that should make progress and has made none for this long raises an alert, whatever the cause. */
const STALLED_AFTER_MS = 600_000;

/**
 * The tables are the truth; the queue only says what to look at. The sweep finds everything that should make
 * progress and enqueues its jobs. Jobs have keys, so none waits twice, and sweeps may run at any time in any
 * process.
 */
export async function sweep(app: AppContext): Promise<JobResult> {
  await handleClockSetBack(app);
  for (const expired of await listExpired(app.db, app.settings.submitTimeoutMs + GRACE_MS)) {
    await continueOnError(app, { batchId: expired.batch_id }, () => markExpiredUnknown(app, expired));
  }
  for await (const batch of walkActiveBatches(app.db, STALLED_AFTER_MS)) {
    await continueOnError(app, { batchId: batch.id }, () => enqueueDueJobs(app, batch));
  }
  for (const [step, act] of Object.entries(STEPS)) await continueOnError(app, { step }, () => act(app));
  return snooze(SWEEP_EVERY_MS);
}

/** What a sweep does besides, by the name that the log shows. */
const STEPS: Readonly<Record<string, (app: AppContext) => Promise<void>>> = {
  inbox: maintainInbox,
  exports: ({ db }) => deleteOldExports(db),
  drafts: expireDrafts,
  lists: deleteUnsentLists,
  requests: ({ db }) => deleteWithoutJob(db),
};

/** One batch, or one step, that fails does not keep the sweep from the others. */
async function continueOnError(
  app: AppContext,
  at: { batchId: string } | { step: string },
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    app.log.error({ err: error, ...at }, 'the sweep failed at one batch or step');
  }
}

/** The process that submitted this chunk is gone, and its result with it: the outcome is unknown. */
async function markExpiredUnknown(app: AppContext, expired: ExpiredSubmission): Promise<void> {
  const { batch_id: batchId, chunk, provider } = expired;
  const reason = 'the process that submitted it ended before an answer was recorded';
  const isMarked = await app.db.transaction(async (trx) => {
    if (!(await recordUnknown(trx, provider, expired, reason))) return false;
    await advanceBatch(app, trx, batchId);
    return true;
  });
  if (isMarked) app.log.warn({ batchId, chunk }, 'a submission ended without a recorded result');
}

async function enqueueDueJobs(app: AppContext, batch: ActiveBatch): Promise<void> {
  const { db } = app;
  if (batch.status === 'importing') await enqueueImport(db, batch.id);
  for (const { id } of await listBatchAccounts(db, batch.id)) await enqueueAtAccount(app, batch, id);
  if (RUNNING.includes(batch.status)) await db.transaction((trx) => advanceBatch(app, trx, batch.id));
  if (batch.is_stalled) await raiseAlert(db, batch.id, 'stalled');
}

async function enqueueAtAccount(app: AppContext, batch: ActiveBatch, accountId: string): Promise<void> {
  const { db, settings } = app;
  // A `pending` batch sends one submission alone: two lanes would find that the other has begun it.
  if (batch.status === 'pending') await enqueueLanes(db, batch.id, accountId, 1);
  if (batch.status === 'submitting') {
    await enqueueLanes(db, batch.id, accountId, await countLanes(db, batch.id, accountId));
  }
  if (['submitting', 'paused', 'submitted'].includes(batch.status)) {
    await enqueuePoll(db, batch.id, accountId, settings.deliveryPollMs);
    if (batch.unknown_count > 0) await enqueueReconcile(db, batch.id, accountId, settings.deliveryPollMs);
  }
}

async function maintainInbox({ db }: AppContext): Promise<void> {
  for (const key of await listDueInboxes(db)) await enqueueInbox(db, key, 0);
  await deleteOldInbox(db, KEEP_WEBHOOKS_MS, DELETE_AT_ONCE);
}
