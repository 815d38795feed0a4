import { ChannelError, type MessageStatus } from '../channels/channel';
import { advanceBatch } from './advance-batch';
import { channelOf, type Heart } from './heart';
import { recordOutcomes } from './record-outcomes';
import { addToCounts, type BatchRow, findBatch } from './store/batches';
import {
  listKnownMessageIds,
  listUncertain,
  listUncertainElsewhere,
  moveToSending,
  type Uncertain,
} from './store/recipients';
import { listPeriods, settleReconciled } from './store/submissions';
import { wakePoll, wakeReconcile } from './wake';

const FIRST_AGAIN_MS = 15_000;
const LONGEST_AGAIN_MS = 900_000;
/** Clocks differ, and a provider may write a record a while after it has dropped our connection. */
const MARGIN_BEFORE_MS = 120_000;
const MARGIN_AFTER_MS = 600_000;

/**
 * Looks for proof of what became of the uncertain recipients: the provider's own list of what it sent in
 * that time. A record proves something only where it can belong to one recipient alone: the number is
 * uncertain once and has one record that nobody else holds. All else stays unknown.
 */
export async function reconcile(heart: Heart, batchId: string): Promise<void> {
  const batch = await findBatch(heart.db, batchId);
  if (!batch || batch.status === 'completed') return;
  const of = { channel: batch.channel, batchId };
  const uncertain = await listUncertain(heart.db, of);
  if (uncertain.length === 0) return;
  const period = await periodOf(heart, uncertain);
  const proofs = await findProofs(heart, batch, uncertain, period);
  if (proofs.length > 0) await attach(heart, batch, proofs);
  if (proofs.length === uncertain.length) return;
  const ageMs = Date.now() - period.lastAttempt.getTime();
  await wakeReconcile(heart.db, batchId, Math.min(LONGEST_AGAIN_MS, Math.max(FIRST_AGAIN_MS, ageMs / 2)));
}

interface Period {
  from: Date;
  to: Date;
  lastAttempt: Date;
}

async function periodOf(heart: Heart, uncertain: Uncertain[]): Promise<Period> {
  const ids = [...new Set(uncertain.map((one) => one.submission_id))];
  const attempts = await listPeriods(heart.db, ids);
  const from = Math.min(...attempts.map((one) => one.started_at.getTime()));
  const last = Math.max(...attempts.map((one) => one.finished_at.getTime()));
  return {
    from: new Date(from - MARGIN_BEFORE_MS),
    to: new Date(last + MARGIN_AFTER_MS),
    lastAttempt: new Date(last),
  };
}

interface Proof {
  recipient: Uncertain;
  record: MessageStatus;
}

async function findProofs(
  heart: Heart,
  batch: BatchRow,
  uncertain: Uncertain[],
  period: Period,
): Promise<Proof[]> {
  const records = await askForRecords(heart, batch, period);
  const byNumber = new Map(uncertain.map((one) => [one.recipient_number, one]));
  const ours = records.filter((record) => byNumber.has(record.recipientNumber));
  if (ours.length === 0) return [];
  const known = new Set(
    await listKnownMessageIds(
      heart.db,
      batch.channel,
      ours.map((record) => record.messageId),
    ),
  );
  const of = { channel: batch.channel, batchId: batch.id };
  const elsewhere = new Set(await listUncertainElsewhere(heart.db, of, [...byNumber.keys()]));
  const candidates = groupBy(
    ours.filter((record) => !known.has(record.messageId) && !elsewhere.has(record.recipientNumber)),
    (record) => record.recipientNumber,
  );
  return [...candidates].flatMap(([number, [record, ...others]]) => {
    const recipient = byNumber.get(number);
    return recipient && record && others.length === 0 ? [{ recipient, record }] : [];
  });
}

async function askForRecords(heart: Heart, batch: BatchRow, period: Period): Promise<MessageStatus[]> {
  const sender = await heart.accounts.find({
    tenantId: batch.tenant_id,
    userId: batch.user_id,
    channel: batch.channel,
  });
  if (!sender) return [];
  try {
    const channel = channelOf(heart, batch.channel);
    const until = new Date(Math.min(period.to.getTime(), Date.now()));
    const options = { signal: heart.stopping };
    const list = await channel.queryMessageStatusByTimeRange(sender.account, period.from, until, options);
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
      const accepted = group.map(({ recipient, record }) => ({
        orderId: recipient.order_id,
        messageId: record.messageId,
      }));
      const sending = await moveToSending(trx, of, 'unknown', submissionId, accepted);
      await addToCounts(trx, batch.id, { sending, unknown: -sending });
      await settleReconciled(trx, of, submissionId);
    }
    await recordOutcomes(
      trx,
      batch,
      proofs.map((proof) => proof.record),
    );
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
