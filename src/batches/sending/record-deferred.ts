import { backoffMs } from '../../backoff';
import type { Rejection } from '../../providers/send-outcome';
import { raiseAlert } from '../raise-alert';
import { type BatchRow, lockBatch } from '../store/batches';
import { addToCounts, moveBatch, noteReason } from '../store/move-batch';
import { moveToFailed, moveUnsent } from '../store/move-recipients';
import { planSubmission, rejectWaiting, type Submission } from '../store/submissions';
import type { Recording } from './recording';
import type { SentRequests } from './send-requests';
import { splitOffChunk } from './split-submission';

/** After this many submissions of a chunk in a row that came to nothing, the batch pauses and people are asked. */
const MAX_REJECTED_IN_A_ROW = 12;
/** With jitter: lanes that were refused together do not come back together. */
const BACKOFF = { firstMs: 1_000, mostMs: 300_000, random: Math.random };

/**
 * Texts of a submission are proved not sent: a rejection decides what happens to them (see RejectionFault). Without one
 * the submission was only stopped, and they wait for the next.
 */
export async function recordDeferred(recording: Recording, result: SentRequests): Promise<void> {
  const { trx, batch, from } = recording;
  const { deferred, because } = result.outcome;
  const rejection = because?.kind === 'rejected' ? because : null;
  if (from === 'unknown') {
    // They were unknown and are now proved not sent: failed, which a person may retry. Only what is wrong with the text or
    // the number is wrong with it the next time.
    const isLasting = rejection?.fault === 'content' || rejection?.fault === 'numbers';
    const reason = isLasting ? rejection.reason : 'not_sent';
    const failed = await moveToFailed(trx, recording.key, 'unknown', deferred, reason);
    return addToCounts(trx, batch.id, { failed, unknown: -failed });
  }
  const now = await lockBatch(trx, batch.id);
  if (now.cancelled_at) return cancelRest(recording, now);
  if (isTextRefused(now)) return failTexts(recording, deferred, now.reason_detail);
  if (rejection?.fault === 'content') return failBatch(recording, now, rejection);
  if (rejection?.fault === 'numbers') return halveChunk(recording, deferred, rejection.reason);
  await planNext(recording, result, rejection);
}

/** A provider has refused the text of the batch in this round: nobody gets it any more, through another account either. */
export const isTextRefused = ({ reason }: Pick<BatchRow, 'reason'>) => reason === 'content';

async function planNext(
  { trx, submission, batch }: Recording,
  { outcome: { deferred }, hasProgress }: SentRequests,
  rejection: Rejection | null,
): Promise<void> {
  const before = hasProgress ? 0 : submission.rejected_in_a_row;
  const rejectedInARow = rejection ? before + 1 : before;
  await planSubmission(trx, {
    ...next(submission),
    size: deferred.length,
    rejectedInARow,
    delayMs: rejection?.fault === 'retryable' ? retryDelayMs(rejectedInARow, rejection) : 0,
  });
  if (!rejection) return;
  if (rejection.fault !== 'retryable' || rejectedInARow >= MAX_REJECTED_IN_A_ROW) {
    const why = { reason: rejection.fault, reason_detail: reasonDetail(rejection) };
    if (await moveBatch(trx, batch.id, 'paused', why)) await raiseAlert(trx, batch.id, 'paused');
  }
}

/** The next submission of the same chunk, for its part that is left. */
const next = ({ batch_id: batchId, account_id: accountId, chunk, attempt }: Submission) => ({
  batchId,
  accountId,
  chunk,
  attempt: attempt + 1,
});

/** In milliseconds; never before the provider's own Retry-After. */
function retryDelayMs(tryNumber: number, { retryAfterMs = 0 }: Rejection): number {
  return Math.max(backoffMs({ tryNumber, ...BACKOFF }), retryAfterMs);
}

/** A person cancelled while the request was open: these recipients were not accepted and are not tried again. */
async function cancelRest({ trx, batch }: Recording, now: BatchRow): Promise<void> {
  const cancelled = await moveUnsent(trx, batch.id, 'cancelled');
  await addToCounts(trx, batch.id, { cancelled });
  const isEverybody = now.cancelled_count + cancelled === now.total_count;
  if (isEverybody) await moveBatch(trx, batch.id, 'cancelled', { completed_at: trx.fn.now() });
}

/** The provider refuses the text itself: nothing more is sent, and all unsent recipients become failed. */
async function failBatch({ app, trx, batch }: Recording, now: BatchRow, rejection: Rejection): Promise<void> {
  await rejectWaiting(trx, batch.id, rejection.reason);
  const failed = await moveUnsent(trx, batch.id, 'failed', rejection.reason);
  await addToCounts(trx, batch.id, { failed });
  const change = { reason: 'content', reason_detail: reasonDetail(rejection) };
  // If anybody was or may be reached, in another open request too, the batch goes on and becomes submitted.
  const nobodyReached = now.failed_count + now.cancelled_count + failed === now.total_count;
  if (nobodyReached) await moveBatch(trx, batch.id, 'failed', { ...change, completed_at: trx.fn.now() });
  else await noteReason(trx, batch.id, change);
  await raiseAlert(trx, batch.id, 'failed');
  app.log.warn({ batchId: batch.id, code: rejection.code }, 'the provider refused the text of a batch');
}

/** Some number is bad and the provider does not say which: halve the chunk until the number is alone. */
async function halveChunk(
  recording: Recording,
  deferred: { orderId: string }[],
  reason: string,
): Promise<void> {
  const { trx, key, submission } = recording;
  if (deferred.length <= 1) return failTexts(recording, deferred, reason);
  const keep = Math.floor(deferred.length / 2);
  await splitOffChunk(trx, key, submission.account_id, keep);
  await planSubmission(trx, { ...next(submission), size: keep, rejectedInARow: 0, delayMs: 0 });
}

async function failTexts(
  { trx, key, batch }: Recording,
  texts: { orderId: string }[],
  reason: string | null,
): Promise<void> {
  await addToCounts(trx, batch.id, { failed: await moveToFailed(trx, key, 'pending', texts, reason) });
}

const reasonDetail = (rejection: Rejection) => `${rejection.code}: ${rejection.reason}`;
