import { DONE, type JobResult, snooze } from '../../queue/job-result';
import { type AppContext, settleMsOf } from '../app-context';
import { enqueueAlert, enqueueStatusMessage } from '../enqueue-jobs';
import { PATIENT_TURN } from '../provider/provider-client';
import { alertUnanswered, askAboutUncertain } from '../store/alerts';
import { noteRecordsAnswered } from '../store/batch-accounts';
import { findBatch } from '../store/batches';
import { askForProofs } from './ask-for-proofs';
import { recordProofs } from './record-proofs';
import { listLatestUncertain, listUncertainRecipients } from './uncertain-recipients.sql';

const SHORTEST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 900_000;
/** A provider that does not answer is asked again sooner than one that has no proof. */
const LONGEST_PAUSE_UNANSWERED_MS = 60_000;

/**
 * Looks for proof of what happened to a batch's uncertain recipients at one account, in the provider's own list of what it
 * sent at that time. A record is proof only where it can belong to a single send attempt. All others stay unknown. When
 * each account was asked after its settle time and has told all its records, people are asked what to do about them.
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
  const askedAt = performance.now();
  const { proofs, notAnswered } = await askForProofs(app, account, uncertain, PATIENT_TURN);
  await recordProofs(app, key, proofs);
  if (app.stopping.aborted) return DONE;
  await noteRecordsAnswered(app.db, key, {
    agoMs: performance.now() - askedAt,
    unanswered: notAnswered?.why.code ?? null,
  });
  if (proofs.length === uncertain.length) return DONE;
  await tellPeople(app, batchId);
  const ageMs = uncertain.reduce((least, one) => Math.min(least, one.age_ms), Number.POSITIVE_INFINITY);
  const longestMs = notAnswered ? LONGEST_PAUSE_UNANSWERED_MS : LONGEST_PAUSE_MS;
  return snooze(Math.min(longestMs, Math.max(SHORTEST_PAUSE_MS, ageMs / 2)));
}

/**
 * Asks people to decide once the provider has told, after the settle time, all records of each account: the question is about
 * all of them. Where it has told nothing by then, people learn that it could not be asked.
 */
async function tellPeople(app: AppContext, batchId: string): Promise<void> {
  const uncertain = await listLatestUncertain(app.db, batchId, app.settings.submitTimeoutMs);
  const latest = uncertain.map((one) => ({ ...one, settleMs: settleMsOf(app, one.provider) }));
  const isAnswered = latest.every(
    (one) => one.answeredAfterMs !== null && one.answeredAfterMs > one.settleMs,
  );
  const isSilent = latest.some((one) => one.isUnanswered && one.ageMs > one.settleMs);
  if (!isAnswered && !isSilent) return;
  await app.db.transaction(async (trx) => {
    const raise = isAnswered ? askAboutUncertain : alertUnanswered;
    if (!(await raise(trx, batchId))) return;
    await enqueueAlert(trx, batchId);
    await enqueueStatusMessage(trx, batchId, 0);
  });
}
