import { type MessageStatus, ProviderError } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueAlert, enqueuePoll, enqueueReconcile, enqueueStatusMessage } from '../enqueue-jobs';
import { findAccount } from '../provider/find-account';
import { askAboutUncertain } from '../store/alerts';
import { type BatchRow, findBatch } from '../store/batches';
import { addToCounts } from '../store/move-batch';
import { moveToSending } from '../store/move-recipients';
import { settleReconciled } from '../store/submissions';
import { recordOutcomes } from '../tracking/record-outcomes';
import { findProofs } from './find-proofs';
import { groupBy, type Proof } from './match-records';
import { listUncertainRecipients, type UncertainRecipient } from './uncertain-recipients.sql';

const SHORTEST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 900_000;

/**
 * Looks for proof of what happened to the uncertain recipients, in the provider's own list of what it sent at
 * that time. A record is proof only where it can belong to a single send attempt. All others stay unknown.
 * When the settle time is over, people are asked what to do about them.
 */
export async function reconcile(app: AppContext, batchId: string): Promise<void> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || batch.status === 'completed') return;
  const longestCallMs = app.settings.submitTimeoutMs;
  const uncertain = await listUncertainRecipients(
    app.db,
    { provider: batch.channel, batchId },
    longestCallMs,
  );
  if (uncertain.length === 0) return;
  const proofs = await findProofs(app.db, batch.channel, uncertain, (start, end) =>
    fetchRecords(app, batch, start, end),
  );
  if (proofs.length > 0) await recordProofs(app, batch, proofs);
  if (proofs.length === uncertain.length) return;
  const ageMs = uncertain.reduce((least, one) => Math.min(least, one.age_ms), Number.POSITIVE_INFINITY);
  if (ageMs > app.settings.uncertainSettleMs) await askPeople(app, batchId);
  await enqueueReconcile(app.db, batchId, Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, ageMs / 2)));
}

async function askPeople(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    if (!(await askAboutUncertain(trx, batchId))) return;
    await enqueueAlert(trx, batchId);
    await enqueueStatusMessage(trx, batchId, 0);
  });
}

/** The provider's records of that time; none where it does not answer: the next round queries again. */
async function fetchRecords(
  app: AppContext,
  batch: BatchRow,
  start: Date,
  end: Date,
): Promise<MessageStatus[]> {
  const found = await findAccount(app, batch);
  if (!found) return [];
  try {
    const list = await providerOf(app, batch.channel).queryMessageStatusByTimeRange(
      found.account,
      start,
      end,
      { signal: app.stopping },
    );
    return list.results;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn({ batchId: batch.id, code: error.code }, "the provider's records could not be fetched");
    return [];
  }
}

async function recordProofs(
  app: AppContext,
  batch: BatchRow,
  proofs: Proof<UncertainRecipient>[],
): Promise<void> {
  const key = { provider: batch.channel, batchId: batch.id };
  await app.db.transaction(async (trx) => {
    for (const [submissionId, group] of groupBy(proofs, (one) => one.recipient.submission_id)) {
      const [first] = group;
      if (!first) continue;
      const { chunk } = first.recipient;
      const accepted = group.map(({ recipient, record }) => ({
        orderId: recipient.order_id,
        messageId: record.messageId,
      }));
      const sending = await moveToSending(trx, { ...key, chunk }, 'unknown', submissionId, accepted);
      await addToCounts(trx, batch.id, { sending, unknown: -sending });
      await recordOutcomes(
        trx,
        batch,
        { first: chunk, last: chunk },
        group.map((proof) => proof.record),
        'reconcile',
      );
      await settleReconciled(trx, key, submissionId);
    }
    await advanceBatch(app, trx, batch.id);
    await enqueuePoll(trx, batch.id, app.settings.deliveryPollMs);
  });
}
