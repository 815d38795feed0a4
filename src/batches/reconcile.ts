import { ChannelError, type MessageStatus } from '../channels/channel';
import { advanceBatch } from './advance-batch';
import { channelOf, type Heart } from './heart';
import { groupBy, joinSlots, matchRecords, type Proof, type Slot, slotOf } from './match-records';
import { recordOutcomes } from './record-outcomes';
import { askAboutUncertain } from './store/attention';
import { type BatchRow, findBatch } from './store/batches';
import { addToCounts } from './store/move-batch';
import { moveToSending } from './store/move-recipients';
import { settleReconciled } from './store/submissions';
import { listKnownMessageIds, listRivals, listUncertain, type Uncertain } from './store/uncertain';
import { wakeAttention, wakeMessage, wakePoll, wakeReconcile } from './wake';

const FIRST_AGAIN_MS = 15_000;
const LONGEST_AGAIN_MS = 900_000;

/**
 * Looks for proof of what became of the uncertain recipients: the provider's own list of what it sent in
 * that time. A record proves something only where it can belong to one attempt alone. All else stays
 * unknown; when the settle time is over, people are asked what to do about it.
 */
export async function reconcile(heart: Heart, batchId: string): Promise<void> {
  const batch = await findBatch(heart.db, batchId);
  if (!batch || batch.status === 'completed') return;
  const longestCallMs = heart.settings.submitTimeoutMs;
  const uncertain = await listUncertain(heart.db, { channel: batch.channel, batchId }, longestCallMs);
  if (uncertain.length === 0) return;
  const proofs = await findProofs(heart, batch, uncertain);
  if (proofs.length > 0) await attach(heart, batch, proofs);
  if (proofs.length === uncertain.length) return;
  const ageMs = Math.min(...uncertain.map((one) => one.age_ms));
  if (ageMs > heart.settings.uncertainSettleMs) await askPeople(heart, batchId);
  await wakeReconcile(heart.db, batchId, Math.min(LONGEST_AGAIN_MS, Math.max(FIRST_AGAIN_MS, ageMs / 2)));
}

async function askPeople(heart: Heart, batchId: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    if (!(await askAboutUncertain(trx, batchId))) return;
    await wakeAttention(trx, batchId);
    await wakeMessage(trx, batchId, 0);
  });
}

/** Slot after slot: what happened in the hours between two unclear answers is nobody's business. */
async function findProofs(heart: Heart, batch: BatchRow, uncertain: Uncertain[]): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const slot of joinSlots(uncertain.map(slotOf))) {
    const mine = uncertain.filter((one) => slotOf(one).from >= slot.from && slotOf(one).until <= slot.until);
    proofs.push(...(await findProofsIn(heart, batch, slot, mine)));
  }
  return proofs;
}

async function findProofsIn(
  heart: Heart,
  batch: BatchRow,
  slot: Slot,
  uncertain: Uncertain[],
): Promise<Proof[]> {
  const of = { channel: batch.channel, batchId: batch.id };
  const numbers = new Set(uncertain.map((one) => one.recipient_number));
  const records = await askForRecords(heart, batch, slot, uncertain);
  const ours = records.filter((record) => numbers.has(record.recipientNumber));
  if (ours.length === 0) return [];
  // In this order: an open request is a rival first, and once it is recorded its messages are known.
  const rivals = await listRivals(heart.db, of, [...numbers]);
  const ids = ours.map((record) => record.messageId);
  const known = await listKnownMessageIds(heart.db, batch.channel, ids);
  return matchRecords(uncertain, ours, rivals, new Set(known));
}

async function askForRecords(
  heart: Heart,
  batch: BatchRow,
  slot: Slot,
  uncertain: Uncertain[],
): Promise<MessageStatus[]> {
  const sender = await heart.accounts.find({
    tenantId: batch.tenant_id,
    userId: batch.user_id,
    channel: batch.channel,
  });
  if (!sender) return [];
  // Not beyond now, by the clock that wrote these times: the database's.
  const now = Math.max(...uncertain.map((one) => one.finished_at.getTime() + one.age_ms));
  try {
    const list = await channelOf(heart, batch.channel).queryMessageStatusByTimeRange(
      sender.account,
      new Date(slot.from),
      new Date(Math.min(slot.until, now)),
      { signal: heart.stopping },
    );
    return list.results;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    heart.log.warn(
      { batchId: batch.id, code: error.code },
      'the provider could not be asked for its records',
    );
    return [];
  }
}

async function attach(heart: Heart, batch: BatchRow, proofs: Proof[]): Promise<void> {
  const of = { channel: batch.channel, batchId: batch.id };
  await heart.db.transaction(async (trx) => {
    for (const [submissionId, group] of groupBy(proofs, (one) => one.recipient.submission_id)) {
      const [first] = group;
      if (!first) continue;
      const { chunk } = first.recipient;
      const accepted = group.map(({ recipient, record }) => ({
        orderId: recipient.order_id,
        messageId: record.messageId,
      }));
      const sending = await moveToSending(trx, { ...of, chunk }, 'unknown', submissionId, accepted);
      await addToCounts(trx, batch.id, { sending, unknown: -sending });
      await recordOutcomes(
        trx,
        batch,
        { first: chunk, last: chunk },
        group.map((proof) => proof.record),
        'reconcile',
      );
      await settleReconciled(trx, of, submissionId);
    }
    await advanceBatch(heart, trx, batch.id);
    await wakePoll(trx, batch.id, heart.settings.deliveryPollMs);
  });
}
