import { setTimeout as delay } from 'node:timers/promises';
import { ChannelError } from '../channels/channel';
import { holdGate, takeSlot } from '../db/rate-gate';
import { advanceBatch } from './advance-batch';
import { channelOf, type Heart } from './heart';
import { recordOutcomes } from './record-outcomes';
import { addToCounts, type BatchRow, findBatch, moveToCompletedAsItStands } from './store/batches';
import { listOpen, nextOpenChunk } from './store/list-recipients';
import { moveOpenToUnknown } from './store/move-recipients';
import { lastHeard, notePoll, submittedForMs } from './store/tracking';
import { wakeAnnouncement, wakeMessage, wakePoll } from './wake';

const LONGEST_MS = 900_000;
const BUSY_AGAIN_MS = 30_000;
/** All batches of an account together ask no more often, over all processes. */
const CALL_EVERY_MS = 50;
/** A short wait for one's turn is sat out: a delayed job would come up to a second late. */
const SIT_OUT_MS = 1_000;

const TRACKED = ['pending', 'submitting', 'paused', 'submitted'];

/**
 * One step of tracking: asks about the open recipients of one chunk, records what is final, and asks for
 * the next step. A round over the whole batch is followed by a pause that grows with its age.
 */
export async function pollDelivery(heart: Heart, batchId: string): Promise<void> {
  const batch = await findBatch(heart.db, batchId);
  if (!batch || !TRACKED.includes(batch.status)) return;
  const ageMs = await submittedForMs(heart.db, batchId);
  if (ageMs > heart.settings.deliveryHorizonMs) return closeAsItStands(heart, batch);
  const silenceMs = await silenceForPushes(heart, batchId, ageMs);
  if (silenceMs > 0) return wakePoll(heart.db, batchId, silenceMs, 'retime');
  const of = { channel: batch.channel, batchId };
  const chunk = await nextOpenChunk(heart.db, of, batch.poll_after_chunk);
  if (chunk === null) return endRound(heart, batch, ageMs);
  const answer = await ask(
    heart,
    batch,
    (await listOpen(heart.db, of, chunk)).map((one) => one.provider_message_id),
  );
  if (answer.kind === 'later') return wakePoll(heart.db, batchId, answer.delayMs, 'retime');
  await heart.db.transaction(async (trx) => {
    await recordOutcomes(trx, batch, chunk, answer.outcomes, 'poll');
    await notePoll(trx, batchId, chunk);
    await advanceBatch(heart, trx, batchId);
    await wakePoll(trx, batchId, 0, 'retime');
  });
}

/**
 * While reports of the batch are being pushed, each of them is a question less: the poll is silent until none has
 * come for one interval, and asks about what is still open then. However the reports trickle in, it asks once in
 * the longest interval.
 */
async function silenceForPushes(heart: Heart, batchId: string, ageMs: number): Promise<number> {
  const { reportedForMs, askedForMs } = await lastHeard(heart.db, batchId);
  if (reportedForMs === null || askedForMs > LONGEST_MS) return 0;
  return Math.max(0, intervalMs(heart, ageMs) - reportedForMs);
}

async function ask(heart: Heart, batch: BatchRow, messageIds: string[]) {
  const sender = await heart.accounts.find({
    tenantId: batch.tenant_id,
    userId: batch.user_id,
    channel: batch.channel,
  });
  if (!sender) return { kind: 'later' as const, delayMs: LONGEST_MS };
  const channel = channelOf(heart, batch.channel);
  const gate = `query:${batch.tenant_id}:${batch.channel}`;
  const calls = Math.ceil(messageIds.length / channel.maxIdsPerQuery);
  const slot = await takeSlot(heart.db, gate, calls * CALL_EVERY_MS, SIT_OUT_MS);
  if (!slot.taken) return { kind: 'later' as const, delayMs: slot.waitMs };
  await delay(slot.waitMs);
  try {
    const { results } = await channel.queryMessageStatusByIds(sender.account, messageIds, {
      signal: heart.stopping,
    });
    return { kind: 'answered' as const, outcomes: results };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    heart.log.warn(
      { batchId: batch.id, code: error.code, fault: error.fault },
      'the provider could not be asked',
    );
    const delayMs = Math.max(error.retryAfterMs ?? 0, BUSY_AGAIN_MS);
    // Asked too often is said of the account: its other batches wait as well.
    await holdGate(heart.db, gate, delayMs);
    return { kind: 'later' as const, delayMs };
  }
}

async function endRound(heart: Heart, batch: BatchRow, ageMs: number): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await notePoll(trx, batch.id, 0);
    await wakeMessage(trx, batch.id, heart.settings.messageRefreshMs);
    await wakePoll(trx, batch.id, intervalMs(heart, ageMs), 'retime');
  });
}

/** The next round comes after a quarter of the time since submission: often at first, rarely after hours. */
function intervalMs(heart: Heart, ageMs: number): number {
  return Math.min(
    LONGEST_MS,
    Math.max(heart.settings.deliveryPollMs, ageMs / 4),
    Math.max(0, heart.settings.deliveryHorizonMs - ageMs) + 1_000,
  );
}

async function closeAsItStands(heart: Heart, batch: BatchRow): Promise<void> {
  await heart.db.transaction(async (trx) => {
    const unknown = await moveOpenToUnknown(trx, { channel: batch.channel, batchId: batch.id });
    await addToCounts(trx, batch.id, { sending: -unknown, unknown });
    if (!(await moveToCompletedAsItStands(trx, batch.id))) return;
    await wakeAnnouncement(trx, batch.id);
    await wakeMessage(trx, batch.id, 0);
  });
}
