import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { SendOutcome } from '../channels/channel';
import { advanceBatch } from './advance-batch';
import { callAttention } from './call-attention';
import type { Heart } from './heart';
import { countLanes } from './lanes';
import { retryDelayMs } from './retry-delay';
import { splitOff } from './split-submission';
import { accountOf, type BatchRow, lockBatch } from './store/batches';
import { addToCounts, type CountChange, moveBatch, noteReason } from './store/move-batch';
import { moveChunk, moveToRefused, moveToSending, moveUnsent } from './store/move-recipients';
import {
  dropWaiting,
  planAttempt,
  type Submission,
  settleReconciled,
  settleSubmission,
} from './store/submissions';
import { nameAttempts } from './store/uncertain';
import { wakeLanes, wakePoll, wakeReconcile } from './wake';

/** Attempts at one chunk that the provider puts off, before a person is asked. */
const MAX_ATTEMPTS = 12;
const RECORD_ATTEMPTS = 40;
/** A stop leaves this little time, which is enough for a connection that was lost or a deadlock. */
const RECORD_ATTEMPTS_WHEN_STOPPING = 5;
const RECORD_AGAIN_MS = 5_000;

export type Answer = SendOutcome | 'nothing_to_send';

/**
 * Step 3: one transaction, guarded by the submission's state. It is tried again for minutes when the
 * database is away, since the answer in our hands is the only proof of what was sent.
 */
export async function recordSubmission(
  heart: Heart,
  batch: BatchRow,
  submission: Submission,
  answer: Answer,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await heart.db.transaction((trx) => record(heart, trx, batch, submission, answer));
    } catch (error) {
      const attempts = heart.stopping.aborted ? RECORD_ATTEMPTS_WHEN_STOPPING : RECORD_ATTEMPTS;
      if (attempt >= attempts) throw error;
      heart.log.warn({ err: error, batchId: batch.id, attempt }, 'an answer could not be recorded yet');
      await delay(Math.min(RECORD_AGAIN_MS, 50 * 2 ** attempt));
    }
  }
}

async function record(
  heart: Heart,
  trx: Knex.Transaction,
  batch: BatchRow,
  submission: Submission,
  answer: Answer,
): Promise<void> {
  const step = { heart, trx, batch, submission, of: { channel: batch.channel, batchId: batch.id } };
  if (answer === 'nothing_to_send') await settleSubmission(trx, submission.id, 'in_flight', 'reconciled');
  else if (answer.kind === 'accepted') await recordAccepted(step, answer);
  else if (answer.kind === 'unknown') await recordUnknown(step, answer);
  else await recordRejected(step, answer);
  await advanceBatch(heart, trx, batch.id);
}

interface Step {
  heart: Heart;
  trx: Knex.Transaction;
  batch: BatchRow;
  submission: Submission;
  of: { channel: string; batchId: string };
}

/** A late answer finds what the sweep has called unknown, and proves it. */
async function settle(
  step: Step,
  to: 'accepted' | 'rejected',
  answer: { providerStatus?: string; reason?: string },
): Promise<'pending' | 'unknown' | null> {
  const { trx, submission } = step;
  if (await settleSubmission(trx, submission.id, 'in_flight', to, answer)) return 'pending';
  if (await settleSubmission(trx, submission.id, 'unknown', to, answer)) return 'unknown';
  return null;
}

async function recordAccepted(step: Step, answer: Extract<SendOutcome, { kind: 'accepted' }>): Promise<void> {
  const { heart, trx, of, submission, batch } = step;
  const from = await settle(step, 'accepted', { providerStatus: '0' });
  if (!from) return;
  const ofChunk = { ...of, chunk: submission.chunk };
  const sending = await moveToSending(trx, ofChunk, from, submission.id, answer.accepted);
  const failed = await moveToRefused(trx, ofChunk, from, submission.id, answer.refused);
  // Whoever the answer does not name for certain must not stay among those who never left.
  const unknown =
    from === 'pending' && sending + failed < submission.size
      ? await moveChunk(trx, of, submission.chunk, 'pending', 'unknown', { submission_id: submission.id })
      : 0;
  const change: CountChange = { sending, failed, unknown };
  if (from === 'unknown') {
    change.unknown = -(sending + failed);
    await nameAttempts(trx, submission.id, answer.accepted);
  }
  await addToCounts(trx, batch.id, change);
  // The first that is accepted opens the lanes and begins the tracking, which then goes on by itself.
  if (batch.status === 'pending' && (await moveBatch(trx, batch.id, 'submitting', {}, ['pending']))) {
    await wakeLanes(trx, batch.id, await countLanes(trx, { ...accountOf(batch), batchId: batch.id }));
    await wakePoll(trx, batch.id, heart.settings.deliveryPollMs);
  }
  if (unknown > 0) await wakeReconcile(trx, batch.id);
}

async function recordUnknown(step: Step, answer: Extract<SendOutcome, { kind: 'unknown' }>): Promise<void> {
  const { trx, of, submission, batch } = step;
  const because = { providerStatus: answer.cause, reason: answer.reason };
  if (!(await settleSubmission(trx, submission.id, 'in_flight', 'unknown', because))) return;
  const unknown = await moveChunk(trx, of, submission.chunk, 'pending', 'unknown', {
    submission_id: submission.id,
  });
  await addToCounts(trx, batch.id, { unknown });
  // Reports that came before this may have proved everybody already.
  await settleReconciled(trx, of, submission.id);
  await wakeReconcile(trx, batch.id);
}

async function recordRejected(step: Step, answer: Extract<SendOutcome, { kind: 'rejected' }>): Promise<void> {
  const { trx, of, submission, batch } = step;
  const because = { providerStatus: answer.code, reason: answer.reason };
  const from = await settle(step, 'rejected', because);
  if (!from) return;
  if (from === 'unknown') {
    // Called unknown meanwhile, now proved not sent: failed, which a person may retry.
    const failed = await moveChunk(trx, of, submission.chunk, 'unknown', 'failed', {
      failure_reason: answer.reason,
    });
    return addToCounts(trx, batch.id, { failed, unknown: -failed });
  }
  const now = await lockBatch(trx, batch.id);
  if (now.cancelled_at) return cancelRest(step);
  if (answer.fault === 'content') return failBatch(step, now, answer);
  if (answer.fault === 'numbers') return narrowDown(step, answer.reason);
  await planAttempt(trx, {
    batchId: batch.id,
    chunk: submission.chunk,
    attempt: submission.attempt + 1,
    size: submission.size,
    delayMs: answer.fault === 'retryable' ? retryDelayMs(submission.attempt, answer.retryAfterMs) : 0,
  });
  if (answer.fault !== 'retryable' || submission.attempt >= MAX_ATTEMPTS) {
    const why = { reason: answer.fault, reason_detail: reasonDetail(answer) };
    if (await moveBatch(trx, batch.id, 'paused', why)) await callAttention(trx, batch.id, 'paused');
  }
}

/** A cancel came while the request was open: these were not accepted and now never will be. */
async function cancelRest({ trx, of, batch }: Step): Promise<void> {
  await addToCounts(trx, batch.id, { cancelled: await moveUnsent(trx, of, 'cancelled') });
}

/** The text itself is refused: nothing more is sent, and everybody who was not reached is failed by name. */
async function failBatch(
  { heart, trx, of, batch }: Step,
  now: BatchRow,
  answer: { code: string; reason: string },
): Promise<void> {
  await dropWaiting(trx, batch.id);
  const failed = await moveUnsent(trx, of, 'failed', answer.reason);
  await addToCounts(trx, batch.id, { failed });
  const change = { reason: 'content', reason_detail: reasonDetail(answer) };
  // While anybody was or may be reached, in another open request too, it goes on and ends as submitted.
  const isNobodyReached = now.failed_count + now.cancelled_count + failed === now.total_count;
  if (isNobodyReached) await moveBatch(trx, batch.id, 'failed', { ...change, completed_at: trx.fn.now() });
  else await noteReason(trx, batch.id, change);
  await callAttention(trx, batch.id, 'failed');
  heart.log.warn({ batchId: batch.id, code: answer.code }, 'the provider refuses the text of a batch');
}

/** Some number is bad and the provider does not say which: halves, until it stands alone. */
async function narrowDown(step: Step, reason: string): Promise<void> {
  const { trx, of, submission, batch } = step;
  if (submission.size <= 1) {
    const failed = await moveChunk(trx, of, submission.chunk, 'pending', 'failed', {
      failure_reason: reason,
    });
    return addToCounts(trx, batch.id, { failed });
  }
  const keep = Math.floor(submission.size / 2);
  await splitOff(trx, of, submission.chunk, keep);
  const again = { chunk: submission.chunk, attempt: submission.attempt + 1, size: keep, delayMs: 0 };
  await planAttempt(trx, { batchId: batch.id, ...again });
}

const reasonDetail = (answer: { code: string; reason: string }) => `${answer.code}: ${answer.reason}`;
