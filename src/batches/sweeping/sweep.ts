import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import {
  enqueueAlert,
  enqueueAnnouncement,
  enqueueImport,
  enqueueInbox,
  enqueueLanes,
  enqueuePoll,
  enqueueReconcile,
  enqueueStatusMessage,
} from '../enqueue-jobs';
import { raiseAlert } from '../raise-alert';
import { countLanes } from '../sending/lanes';
import { recordUnknown } from '../sending/record-unknown';
import { RUNNING } from '../states';
import { accountOf, findBatch } from '../store/batches';
import { listExpired, type Submission } from '../store/submissions';
import { deleteOldInbox, listDueInboxes } from '../store/webhook-inbox';
import { type ActiveBatch, walkActiveBatches } from './active-batches.sql';
import { handleClockSetBack } from './handle-clock-set-back';

/** What a call may take beyond its own deadline, recording included. */
const GRACE_MS = 15_000;
/** What was pushed is kept as it came for so long; each sweep deletes some of what is older. */
const KEEP_PUSHES_MS = 7 * 24 * 3_600_000;
const DELETE_AT_ONCE = 5_000;
/** A batch that should move and has not for so long is reported, whatever the cause. */
const STALLED_AFTER_MS = 600_000;

/**
 * The tables are the truth and the queue only wakes: finds what should move and does not, and wakes it.
 * Wakes nothing twice (jobs have keys), so it may run as often as it likes, in as many processes.
 */
export async function sweep(app: AppContext): Promise<void> {
  await handleClockSetBack(app);
  for (const expired of await listExpired(app.db, app.settings.submitTimeoutMs + GRACE_MS)) {
    await apart(app, expired.batch_id, () => giveUp(app, expired));
  }
  for await (const batch of walkActiveBatches(app.db, STALLED_AFTER_MS)) {
    await apart(app, batch.id, () => wake(app, batch));
  }
  await tendPushes(app);
}

/** A batch that cannot be looked after holds up no other. */
async function apart(app: AppContext, batchId: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    app.log.error({ err: error, batchId }, 'the sweep could not look after a batch');
  }
}

/** Whoever submitted this chunk is gone, and with them the answer: nobody can say what was sent. */
async function giveUp(app: AppContext, expired: Submission): Promise<void> {
  const batch = await findBatch(app.db, expired.batch_id);
  if (!batch) return;
  const because = { reason: 'the process that submitted it ended before an answer was recorded' };
  const isGivenUp = await app.db.transaction(async (trx) => {
    if (!(await recordUnknown(trx, batch, expired, because))) return false;
    await advanceBatch(app, trx, batch.id);
    return true;
  });
  if (isGivenUp)
    app.log.warn({ batchId: batch.id, chunk: expired.chunk }, 'a submission was left without an answer');
}

async function wake(app: AppContext, batch: ActiveBatch): Promise<void> {
  const { db } = app;
  if (batch.status === 'importing') await enqueueImport(db, batch.id);
  if (RUNNING.includes(batch.status)) {
    const lanes =
      batch.status === 'pending' ? 1 : await countLanes(db, { ...accountOf(batch), batchId: batch.id });
    await enqueueLanes(db, batch.id, lanes);
    await db.transaction((trx) => advanceBatch(app, trx, batch.id));
  }
  if (['submitting', 'paused', 'submitted'].includes(batch.status)) {
    await enqueuePoll(db, batch.id, app.settings.deliveryPollMs);
    if (batch.unknown_count > 0) await enqueueReconcile(db, batch.id, app.settings.deliveryPollMs);
  }
  if (batch.status === 'completed' && !batch.notified_at) await enqueueAnnouncement(db, batch.id);
  if (batch.is_stalled) await raiseAlert(db, batch.id, 'stalled');
  else if (batch.has_untold) await enqueueAlert(db, batch.id);
  if (batch.is_started && batch.shown_version < batch.version)
    await enqueueStatusMessage(db, batch.id, app.settings.messageRefreshMs);
}

async function tendPushes({ db }: AppContext): Promise<void> {
  for (const kind of await listDueInboxes(db)) await enqueueInbox(db, kind, 0);
  await deleteOldInbox(db, KEEP_PUSHES_MS, DELETE_AT_ONCE);
}
