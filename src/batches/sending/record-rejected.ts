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
import { splitOff } from './split-submission';

/** After this many submissions of a chunk that the provider asked to repeat, the batch pauses and people are asked. */
const MAX_SUBMISSIONS = 12;
/** With jitter: lanes that were refused together do not come back together. */
const BACKOFF = { firstMs: 1_000, mostMs: 300_000, random: Math.random };

/** One answer that is being recorded, in the transaction that does it. */
export interface Recording {
  app: AppContext;
  trx: Knex.Transaction;
  batch: BatchRow;
  submission: Submission;
  key: BatchKey;
}

type Rejected = Extract<SendOutcome, { kind: 'rejected' }>;

/**
 * The provider did not take the request, which is settled: what becomes of its recipients follows from whose fault it
 * was (see RejectionFault). `from`: where they stood, `unknown` where the sweep had given the answer up.
 */
export async function recordRejected(
  step: Recording,
  from: 'pending' | 'unknown',
  answer: Rejected,
): Promise<void> {
  const { trx, key, submission, batch } = step;
  if (from === 'unknown') {
    // Called unknown meanwhile, now proved not sent: failed, which a person may retry.
    const failed = await moveChunk(trx, key, submission.chunk, 'unknown', 'failed', {
      failure_reason: answer.reason,
    });
    return addToCounts(trx, batch.id, { failed, unknown: -failed });
  }
  const now = await lockBatch(trx, batch.id);
  if (now.cancelled_at) return cancelRest(step);
  if (answer.fault === 'content') return failBatch(step, now, answer);
  if (answer.fault === 'numbers') return narrowDown(step, answer.reason);
  await planSubmission(trx, {
    batchId: batch.id,
    chunk: submission.chunk,
    attempt: submission.attempt + 1,
    size: submission.size,
    delayMs: answer.fault === 'retryable' ? retryDelayMs(submission, answer) : 0,
  });
  if (answer.fault !== 'retryable' || submission.attempt >= MAX_SUBMISSIONS) {
    const why = { reason: answer.fault, reason_detail: reasonDetail(answer) };
    if (await moveBatch(trx, batch.id, 'paused', why)) await raiseAlert(trx, batch.id, 'paused');
  }
}

/** In milliseconds; never before the provider's own Retry-After. */
function retryDelayMs({ attempt }: Submission, { retryAfterMs = 0 }: Rejected): number {
  return Math.max(backoffMs({ tryNumber: attempt, ...BACKOFF }), retryAfterMs);
}

/** A cancel came while the request was open: these were not accepted and now never will be. */
async function cancelRest({ trx, key, batch }: Recording): Promise<void> {
  await addToCounts(trx, batch.id, { cancelled: await moveUnsent(trx, key, 'cancelled') });
}

/** The text itself is refused: nothing more is sent, and everybody who was not reached is failed by name. */
async function failBatch(
  { app, trx, key, batch }: Recording,
  now: BatchRow,
  answer: Rejected,
): Promise<void> {
  await dropWaiting(trx, batch.id);
  const failed = await moveUnsent(trx, key, 'failed', answer.reason);
  await addToCounts(trx, batch.id, { failed });
  const change = { reason: 'content', reason_detail: reasonDetail(answer) };
  // While anybody was or may be reached, in another open request too, it goes on and ends as submitted.
  const isNobodyReached = now.failed_count + now.cancelled_count + failed === now.total_count;
  if (isNobodyReached) await moveBatch(trx, batch.id, 'failed', { ...change, completed_at: trx.fn.now() });
  else await noteReason(trx, batch.id, change);
  await raiseAlert(trx, batch.id, 'failed');
  app.log.warn({ batchId: batch.id, code: answer.code }, 'the provider refuses the text of a batch');
}

/** Some number is bad and the provider does not say which: halves, until it stands alone. */
async function narrowDown(step: Recording, reason: string): Promise<void> {
  const { trx, key, submission, batch } = step;
  if (submission.size <= 1) {
    const failed = await moveChunk(trx, key, submission.chunk, 'pending', 'failed', {
      failure_reason: reason,
    });
    return addToCounts(trx, batch.id, { failed });
  }
  const keep = Math.floor(submission.size / 2);
  await splitOff(trx, key, submission.chunk, keep);
  const again = { chunk: submission.chunk, attempt: submission.attempt + 1, size: keep, delayMs: 0 };
  await planSubmission(trx, { batchId: batch.id, ...again });
}

const reasonDetail = (answer: Rejected) => `${answer.code}: ${answer.reason}`;
