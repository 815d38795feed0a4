import { ChannelError, type MessageStatus } from '../channels/channel';
import { advanceBatch } from './advance-batch';
import { callAttention } from './call-attention';
import { channelOf, type Heart } from './heart';
import { recordOutcomes } from './record-outcomes';
import { addToCounts, type BatchRow, findBatch } from './store/batches';
import { moveToSending } from './store/move-recipients';
import { settleReconciled } from './store/submissions';
import {
  listKnownMessageIds,
  listRivals,
  listUncertain,
  type Rival,
  type Uncertain,
} from './store/uncertain';
import { wakePoll, wakeReconcile } from './wake';

const FIRST_AGAIN_MS = 15_000;
const LONGEST_AGAIN_MS = 900_000;
/** Clocks differ, and a provider may write a record a while after it has dropped our connection. */
const ASK_BEFORE_MS = 120_000;
const ASK_AFTER_MS = 600_000;
/** Where two attempts at one number are uncertain, a record is the one's whose time it was. */
const NEAR_BEFORE_MS = 5_000;
const NEAR_AFTER_MS = 60_000;

/**
 * Looks for proof of what became of the uncertain recipients: the provider's own list of what it sent in
 * that time. A record proves something only where it can belong to one attempt alone. All else stays
 * unknown; when the settle time is over, people are asked what to do about it.
 */
export async function reconcile(heart: Heart, batchId: string): Promise<void> {
  const batch = await findBatch(heart.db, batchId);
  if (!batch || batch.status === 'completed') return;
  const uncertain = await listUncertain(heart.db, { channel: batch.channel, batchId });
  if (uncertain.length === 0) return;
  const proofs = await findProofs(heart, batch, uncertain);
  if (proofs.length > 0) await attach(heart, batch, proofs);
  if (proofs.length === uncertain.length) return;
  const ageMs = Math.min(...uncertain.map((one) => one.age_ms));
  if (ageMs > heart.settings.uncertainSettleMs) await askPeople(heart, batch);
  await wakeReconcile(heart.db, batchId, Math.min(LONGEST_AGAIN_MS, Math.max(FIRST_AGAIN_MS, ageMs / 2)));
}

/** Once, when nothing of the batch waits any more: its answers are all in, and these have none. */
async function askPeople(heart: Heart, batch: BatchRow): Promise<void> {
  if (batch.status !== 'submitted' || batch.attention === 'uncertain' || batch.uncertain_left_at) return;
  await heart.db.transaction((trx) => callAttention(trx, batch.id, 'uncertain'));
}

interface Proof {
  recipient: Uncertain;
  record: MessageStatus;
}

async function findProofs(heart: Heart, batch: BatchRow, uncertain: Uncertain[]): Promise<Proof[]> {
  const of = { channel: batch.channel, batchId: batch.id };
  const byNumber = new Map(uncertain.map((one) => [one.recipient_number, one]));
  const records = await askForRecords(heart, batch, uncertain);
  const ours = records.filter((record) => byNumber.has(record.recipientNumber));
  if (ours.length === 0) return [];
  // In this order: an open request is a rival first, and once it is recorded its messages are known.
  const rivals = groupBy(await listRivals(heart.db, of, [...byNumber.keys()]), (one) => one.recipient_number);
  const ids = ours.map((record) => record.messageId);
  const known = new Set(await listKnownMessageIds(heart.db, batch.channel, ids));
  const free = groupBy(
    ours.filter((record) => !known.has(record.messageId)),
    (record) => record.recipientNumber,
  );
  return [...free].flatMap(([number, candidates]) => {
    const recipient = byNumber.get(number);
    const record = recipient && theOnlyRecord(recipient, candidates, rivals.get(number) ?? []);
    return record ? [{ recipient, record }] : [];
  });
}

/** The one record that can only be this attempt's, or null. */
function theOnlyRecord(mine: Uncertain, candidates: MessageStatus[], rivals: Rival[]): MessageStatus | null {
  const possible =
    rivals.length === 0
      ? candidates
      : candidates.filter((record) => isNear(mine, record) && !rivals.some((rival) => isNear(rival, record)));
  return possible.length === 1 ? (possible[0] ?? null) : null;
}

function isNear(attempt: { started_at: Date; finished_at: Date }, record: MessageStatus): boolean {
  // A record without a time could be anybody's.
  if (record.sendTime === null) return true;
  const at = Date.parse(record.sendTime);
  return (
    at >= attempt.started_at.getTime() - NEAR_BEFORE_MS && at <= attempt.finished_at.getTime() + NEAR_AFTER_MS
  );
}

async function askForRecords(
  heart: Heart,
  batch: BatchRow,
  uncertain: Uncertain[],
): Promise<MessageStatus[]> {
  const sender = await heart.accounts.find({
    tenantId: batch.tenant_id,
    userId: batch.user_id,
    channel: batch.channel,
  });
  if (!sender) return [];
  try {
    const channel = channelOf(heart, batch.channel);
    const first = Math.min(...uncertain.map((one) => one.started_at.getTime()));
    const last = Math.max(...uncertain.map((one) => one.finished_at.getTime()));
    const from = new Date(first - ASK_BEFORE_MS);
    const until = new Date(Math.min(last + ASK_AFTER_MS, Date.now()));
    const options = { signal: heart.stopping };
    const list = await channel.queryMessageStatusByTimeRange(sender.account, from, until, options);
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
        chunk,
        group.map((proof) => proof.record),
        'reconcile',
      );
      await settleReconciled(trx, of, submissionId);
    }
    await advanceBatch(heart, trx, batch.id);
    await wakePoll(trx, batch.id, heart.settings.deliveryPollMs);
  });
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
