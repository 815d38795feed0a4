import { type MessageStatus, ProviderError } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueAlert, enqueuePoll, enqueueReconcile, enqueueStatusMessage } from '../enqueue-jobs';
import { findSender } from '../provider/find-account';
import { askAboutUncertain } from '../store/alerts';
import { type BatchRow, findBatch } from '../store/batches';
import { addToCounts } from '../store/move-batch';
import { moveToSending } from '../store/move-recipients';
import { settleReconciled } from '../store/submissions';
import { recordOutcomes } from '../tracking/record-outcomes';
import { findProofs } from './find-proofs';
import { groupBy, type Proof } from './match-records';
import { listUncertain, type Uncertain } from './uncertain-recipients.sql';

const FIRST_AGAIN_MS = 15_000;
const LONGEST_AGAIN_MS = 900_000;

/**
 * Looks for proof of what became of the uncertain recipients: the provider's own list of what it sent in
 * that time. A record proves something only where it can belong to one attempt alone. All else stays
 * unknown; when the settle time is over, people are asked what to do about it.
 */
export async function reconcile(app: AppContext, batchId: string): Promise<void> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || batch.status === 'completed') return;
  const longestCallMs = app.settings.submitTimeoutMs;
  const uncertain = await listUncertain(app.db, { provider: batch.channel, batchId }, longestCallMs);
  if (uncertain.length === 0) return;
  const proofs = await findProofs(app.db, batch.channel, uncertain, (start, end) =>
    askForRecords(app, batch, start, end),
  );
  if (proofs.length > 0) await attach(app, batch, proofs);
  if (proofs.length === uncertain.length) return;
  const ageMs = uncertain.reduce((least, one) => Math.min(least, one.age_ms), Number.POSITIVE_INFINITY);
  if (ageMs > app.settings.uncertainSettleMs) await askPeople(app, batchId);
  await enqueueReconcile(app.db, batchId, Math.min(LONGEST_AGAIN_MS, Math.max(FIRST_AGAIN_MS, ageMs / 2)));
}

async function askPeople(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    if (!(await askAboutUncertain(trx, batchId))) return;
    await enqueueAlert(trx, batchId);
    await enqueueStatusMessage(trx, batchId, 0);
  });
}

/** The provider's records of that time; none where it does not answer: the next round asks again. */
async function askForRecords(
  app: AppContext,
  batch: BatchRow,
  start: Date,
  end: Date,
): Promise<MessageStatus[]> {
  const sender = await findSender(app, batch);
  if (!sender) return [];
  try {
    const list = await providerOf(app, batch.channel).queryMessageStatusByTimeRange(
      sender.account,
      start,
      end,
      { signal: app.stopping },
    );
    return list.results;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn({ batchId: batch.id, code: error.code }, 'the provider could not be asked for its records');
    return [];
  }
}

async function attach(app: AppContext, batch: BatchRow, proofs: Proof<Uncertain>[]): Promise<void> {
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
