import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueAlert, enqueuePoll, enqueueStatusMessage } from '../enqueue-jobs';
import { listRecords } from '../provider/list-records';
import { createProviderClient, PATIENT_TURN } from '../provider/provider-client';
import { askAboutUncertain } from '../store/alerts';
import { findBatch } from '../store/batches';
import type { TrackedKey } from '../store/detail-table';
import { addToCounts } from '../store/move-batch';
import { moveToSending } from '../store/move-recipients';
import { settleReconciled } from '../store/submissions';
import { recordOutcomes } from '../tracking/record-outcomes';
import { findProofs } from './find-proofs';
import { groupBy, type Proof } from './match-records';
import {
  listLatestUncertain,
  listUncertainRecipients,
  type UncertainRecipient,
} from './uncertain-recipients.sql';

const SHORTEST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 900_000;

/**
 * Looks for proof of what happened to a batch's uncertain recipients at one account, in the provider's own list of what it
 * sent at that time. A record is proof only where it can belong to a single send attempt. All others stay unknown. When
 * the settle time is over at each account, people are asked what to do about them.
 */
export async function reconcile(
  app: AppContext,
  { batchId, accountId }: { batchId: string; accountId: string },
): Promise<JobResult> {
  const batch = await findBatch(app.db, batchId);
  if (!batch || batch.status === 'completed') return DONE;
  const account = await app.accounts.find(accountId, batch.user_id);
  if (!account) return DONE;
  const key = { provider: account.provider, batchId, accountId };
  const uncertain = await listUncertainRecipients(app.db, key, app.settings.submitTimeoutMs);
  if (uncertain.length === 0) return DONE;
  const found: Proof<UncertainRecipient>[][] = [];
  // A sub-account has a list of its own at the provider, and today's may be another.
  for (const [subAccount, sent] of groupBy(uncertain, (one) => one.sub_account ?? account.subAccount)) {
    const client = createProviderClient(app, { ...account, subAccount });
    const proofs = await findProofs(app.db, account.provider, sent, async (start, end) => {
      const answer = await listRecords(app, client, PATIENT_TURN, start, end);
      // Without an answer nothing is proved: the next round asks again.
      return 'error' in answer ? [] : answer.result;
    });
    found.push(proofs);
  }
  const proofs = found.flat();
  if (proofs.length > 0) await recordProofs(app, key, proofs);
  if (proofs.length === uncertain.length) return DONE;
  const ageMs = uncertain.reduce((least, one) => Math.min(least, one.age_ms), Number.POSITIVE_INFINITY);
  if (await isSettled(app, batchId)) await askPeople(app, batchId);
  return snooze(Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, ageMs / 2)));
}

/** Whether the settle time is over at every account of the batch: the question to people is about all of them. */
async function isSettled(app: AppContext, batchId: string): Promise<boolean> {
  const { uncertainSettleMs, submitTimeoutMs } = app.settings;
  const latest = await listLatestUncertain(app.db, batchId, submitTimeoutMs);
  return latest.every(
    ({ provider, ageMs }) =>
      ageMs > Math.max(uncertainSettleMs, providerOf(app, provider).capabilities.settleMs),
  );
}

async function askPeople(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    if (!(await askAboutUncertain(trx, batchId))) return;
    await enqueueAlert(trx, batchId);
    await enqueueStatusMessage(trx, batchId, 0);
  });
}

async function recordProofs(
  app: AppContext,
  key: TrackedKey,
  proofs: Proof<UncertainRecipient>[],
): Promise<void> {
  const { batchId } = key;
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
      await addToCounts(trx, batchId, { sending, unknown: -sending });
      const records = group.map((proof) => proof.record);
      await recordOutcomes(trx, { ...key, first: chunk, last: chunk }, records, 'reconcile');
      await settleReconciled(trx, key, submissionId);
    }
    await advanceBatch(app, trx, batchId);
    await enqueuePoll(trx, batchId, key.accountId, app.settings.deliveryPollMs);
  });
}
