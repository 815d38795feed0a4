import { advanceBatch } from '../advance-batch';
import type { Heart } from '../app-context';
import {
  wakeAnnouncement,
  wakeAttention,
  wakeImport,
  wakeLanes,
  wakeMessage,
  wakePoll,
  wakePushes,
  wakeReconcile,
} from '../enqueue-jobs';
import { callAttention } from '../raise-alert';
import { countLanes } from '../sending/lanes';
import { recordUnknown } from '../sending/record-unknown';
import { RUNNING } from '../states';
import { accountOf, findBatch } from '../store/batches';
import { listExpired, type Submission } from '../store/submissions';
import { deleteOldPushes, listDueKinds } from '../tracking/webhook-inbox.sql';
import { type Moving, walkMoving } from './active-batches.sql';
import { followClock } from './handle-clock-set-back';

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
export async function sweep(heart: Heart): Promise<void> {
  await followClock(heart);
  for (const expired of await listExpired(heart.db, heart.settings.submitTimeoutMs + GRACE_MS)) {
    await apart(heart, expired.batch_id, () => giveUp(heart, expired));
  }
  for await (const batch of walkMoving(heart.db, STALLED_AFTER_MS)) {
    await apart(heart, batch.id, () => wake(heart, batch));
  }
  await tendPushes(heart);
}

/** A batch that cannot be looked after holds up no other. */
async function apart(heart: Heart, batchId: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    heart.log.error({ err: error, batchId }, 'the sweep could not look after a batch');
  }
}

/** Whoever submitted this chunk is gone, and with them the answer: nobody can say what was sent. */
async function giveUp(heart: Heart, expired: Submission): Promise<void> {
  const batch = await findBatch(heart.db, expired.batch_id);
  if (!batch) return;
  const because = { reason: 'the process that submitted it ended before an answer was recorded' };
  const isGivenUp = await heart.db.transaction(async (trx) => {
    if (!(await recordUnknown(trx, batch, expired, because))) return false;
    await advanceBatch(heart, trx, batch.id);
    return true;
  });
  if (isGivenUp)
    heart.log.warn({ batchId: batch.id, chunk: expired.chunk }, 'a submission was left without an answer');
}

async function wake(heart: Heart, batch: Moving): Promise<void> {
  const { db } = heart;
  if (batch.status === 'importing') await wakeImport(db, batch.id);
  if (RUNNING.includes(batch.status)) {
    const lanes =
      batch.status === 'pending' ? 1 : await countLanes(db, { ...accountOf(batch), batchId: batch.id });
    await wakeLanes(db, batch.id, lanes);
    await db.transaction((trx) => advanceBatch(heart, trx, batch.id));
  }
  if (['submitting', 'paused', 'submitted'].includes(batch.status)) {
    await wakePoll(db, batch.id, heart.settings.deliveryPollMs);
    if (batch.unknown_count > 0) await wakeReconcile(db, batch.id, heart.settings.deliveryPollMs);
  }
  if (batch.status === 'completed' && !batch.notified_at) await wakeAnnouncement(db, batch.id);
  if (batch.is_stalled) await callAttention(db, batch.id, 'stalled');
  else if (batch.has_untold) await wakeAttention(db, batch.id);
  if (batch.is_started && batch.shown_version < batch.version)
    await wakeMessage(db, batch.id, heart.settings.messageRefreshMs);
}

async function tendPushes({ db }: Heart): Promise<void> {
  for (const kind of await listDueKinds(db)) await wakePushes(db, kind, 0);
  await deleteOldPushes(db, KEEP_PUSHES_MS, DELETE_AT_ONCE);
}
