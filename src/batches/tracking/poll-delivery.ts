import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueAnnouncement, enqueuePoll, enqueueStatusMessage } from '../enqueue-jobs';
import { openAsking } from '../provider/ask-in-turn';
import type { BatchStatus } from '../states';
import { type BatchRow, findBatch } from '../store/batches';
import { addToCounts, moveToCompletedAtHorizon } from '../store/move-batch';
import { moveOpenToUnknown } from '../store/move-recipients';
import { pollByIds } from './poll-by-ids';
import { pollByRecords } from './poll-by-records';
import { lastContact, notePoll, ROUND_START, submittedForMs } from './poll-progress.sql';
import { recordOutcomes } from './record-outcomes';

const LONGEST_MS = 900_000;
/** From this age on the provider's own list is asked for where it costs fewer calls. */
const LIST_AFTER_MS = 86_400_000;

const TRACKED: readonly BatchStatus[] = ['pending', 'submitting', 'paused', 'submitted'];

/**
 * One step of tracking: asks about the next open recipients, records what is final, and asks for the next step. A
 * round over the whole batch is followed by a pause that grows with its age. Cut off at any moment, the step is
 * begun again: what is final already is not asked about.
 */
export async function pollDelivery(app: AppContext, batchId: string): Promise<void> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || !TRACKED.includes(batch.status)) return;
  const ageMs = await submittedForMs(app.db, batchId);
  const leftMs = batch.status === 'submitted' ? app.settings.deliveryHorizonMs - ageMs : LONGEST_MS;
  if (leftMs < 0) return closeAsItStands(app, batch);
  const pauseMs = intervalMs(app, ageMs, leftMs);
  const silenceMs = await silenceForPushes(app, batchId, pauseMs);
  if (silenceMs > 0) return enqueuePoll(app.db, batchId, silenceMs, 'retime');
  const cursor = { chunk: batch.poll_after_chunk, id: batch.poll_after_id };
  const asking = await openAsking(app, batch);
  if ('laterMs' in asking) return enqueuePoll(app.db, batchId, asking.laterMs, 'retime');
  // Before the last horizon closes the batch, who is still open is asked about by id once more.
  const mayList = ageMs > LIST_AFTER_MS && leftMs > LONGEST_MS;
  const step =
    (mayList ? await pollByRecords(app, batch, asking, cursor) : null) ??
    (await pollByIds(app, batch, asking, cursor));
  if (step === null) return endRound(app, batch, pauseMs);
  await app.db.transaction(async (trx) => {
    await recordOutcomes(trx, batch, step.chunks, step.statuses, 'poll');
    await notePoll(trx, batchId, step.after);
    await advanceBatch(app, trx, batchId);
    await enqueuePoll(trx, batchId, step.laterMs, 'retime');
  });
}

/**
 * While reports of the batch are being pushed, each of them is a question less: the poll is silent until none has
 * come for one interval, and asks about what is still open then. However the reports trickle in, it asks once in
 * the longest interval.
 */
async function silenceForPushes(app: AppContext, batchId: string, pauseMs: number): Promise<number> {
  const { reportedForMs, askedForMs } = await lastContact(app.db, batchId);
  if (reportedForMs === null || askedForMs > LONGEST_MS) return 0;
  return Math.max(0, pauseMs - reportedForMs);
}

async function endRound(app: AppContext, batch: BatchRow, pauseMs: number): Promise<void> {
  await app.db.transaction(async (trx) => {
    await notePoll(trx, batch.id, ROUND_START);
    await advanceBatch(app, trx, batch.id);
    await enqueuePoll(trx, batch.id, pauseMs, 'retime');
  });
}

/** The next round comes after a quarter of the time since submission: often at first, rarely after hours. */
function intervalMs(app: AppContext, ageMs: number, leftMs: number): number {
  return Math.min(LONGEST_MS, Math.max(app.settings.deliveryPollMs, ageMs / 4), Math.max(0, leftMs) + 1_000);
}

async function closeAsItStands(app: AppContext, batch: BatchRow): Promise<void> {
  await app.db.transaction(async (trx) => {
    const unknown = await moveOpenToUnknown(trx, { provider: batch.channel, batchId: batch.id });
    await addToCounts(trx, batch.id, { sending: -unknown, unknown });
    if (!(await moveToCompletedAtHorizon(trx, batch.id))) return;
    await enqueueAnnouncement(trx, batch.id);
    await enqueueStatusMessage(trx, batch.id, 0);
  });
}
