import type { Knex } from 'knex';
import { backoffMs } from '../../backoff';
import type { SendOutcome } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { raiseAlert } from '../raise-alert';
import { type BatchRow, lockBatch } from '../store/batches';
import type { BatchKey } from '../store/detail-table';
import { addToCounts, moveBatch, noteReason } from '../store/move-batch';
import { moveChunk, moveUnsent } from '../store/move-recipients';
import { dropWaiting, planSubmission, type Submission } from '../store/submissions';
import { splitOffChunk } from './split-submission';

/**
 * After this many submissions of a chunk that the provider asked to repeat, the batch pauses and people are
 * asked.
 */
const MAX_SUBMISSIONS = 12;
/** With jitter: lanes that were refused together do not come back together. */
const BACKOFF = { firstMs: 1_000, mostMs: 300_000, random: Math.random };

/** One result that is being recorded, in its transaction. */
export interface Recording {
  app: AppContext;
  trx: Knex.Transaction;
  batch: BatchRow;
  submission: Submission;
  key: BatchKey;
}

type Rejection = Extract<SendOutcome, { kind: 'rejected' }>;

/**
 * The provider rejected the request, and the submission is settled: the cause (see RejectionFault) decides
 * what happens to its recipients. `from`: their status; `unknown` where the sweep had given up waiting for
 * the result.
 */
export async function recordRejected(
  recording: Recording,
  from: 'pending' | 'unknown',
  rejection: Rejection,
): Promise<void> {
  const { trx, key, submission, batch } = recording;
  if (from === 'unknown') {
    // They were unknown and are now proved not sent: failed, which a person may retry.
    const failed = await moveChunk(trx, key, submission.chunk, 'unknown', 'failed', {
      failure_reason: rejection.reason,
    });
    return addToCounts(trx, batch.id, { failed, unknown: -failed });
  }
  const now = await lockBatch(trx, batch.id);
  if (now.cancelled_at) return cancelRest(recording);
  if (rejection.fault === 'content') return failBatch(recording, now, rejection);
  if (rejection.fault === 'numbers') return halveChunk(recording, rejection.reason);
  await planSubmission(trx, {
    batchId: batch.id,
    chunk: submission.chunk,
    attempt: submission.attempt + 1,
    size: submission.size,
    delayMs: rejection.fault === 'retryable' ? retryDelayMs(submission, rejection) : 0,
  });
  if (rejection.fault !== 'retryable' || submission.attempt >= MAX_SUBMISSIONS) {
    const why = { reason: rejection.fault, reason_detail: reasonDetail(rejection) };
    if (await moveBatch(trx, batch.id, 'paused', why)) await raiseAlert(trx, batch.id, 'paused');
  }
}

/** In milliseconds; never before the provider's own Retry-After. */
function retryDelayMs({ attempt }: Submission, { retryAfterMs = 0 }: Rejection): number {
  return Math.max(backoffMs({ tryNumber: attempt, ...BACKOFF }), retryAfterMs);
}

/**
 * A person cancelled while the request was open: these recipients were not accepted and are not tried again.
 */
async function cancelRest({ trx, key, batch }: Recording): Promise<void> {
  await addToCounts(trx, batch.id, { cancelled: await moveUnsent(trx, key, 'cancelled') });
}

/** The provider refuses the text itself: nothing more is sent, and all unsent recipients become failed. */
async function failBatch(
  { app, trx, key, batch }: Recording,
  now: BatchRow,
  rejection: Rejection,
): Promise<void> {
  await dropWaiting(trx, batch.id);
  const failed = await moveUnsent(trx, key, 'failed', rejection.reason);
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
async function halveChunk(recording: Recording, reason: string): Promise<void> {
  const { trx, key, submission, batch } = recording;
  if (submission.size <= 1) {
    const failed = await moveChunk(trx, key, submission.chunk, 'pending', 'failed', {
      failure_reason: reason,
    });
    return addToCounts(trx, batch.id, { failed });
  }
  const keep = Math.floor(submission.size / 2);
  await splitOffChunk(trx, key, submission.chunk, keep);
  const next = { chunk: submission.chunk, attempt: submission.attempt + 1, size: keep, delayMs: 0 };
  await planSubmission(trx, { batchId: batch.id, ...next });
}

const reasonDetail = (rejection: Rejection) => `${rejection.code}: ${rejection.reason}`;
