import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { backoffMs } from '../../backoff';
import type { SendOutcome } from '../../providers/sms-provider';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueueLanes, enqueuePoll, enqueueReconcile } from '../enqueue-jobs';
import { accountOf, type BatchRow } from '../store/batches';
import { addToCounts, type CountChange, moveBatch } from '../store/move-batch';
import { moveChunk, moveToRefused, moveToSending } from '../store/move-recipients';
import { type Submission, settleSubmission } from '../store/submissions';
import { countLanes } from './lanes';
import { type Recording, recordRejected } from './record-rejected';
import { recordUnknown } from './record-unknown';
import { addMessageIdsToReplaced } from './replaced-attempts.sql';

const MAX_TRIES = 40;
/** A stop leaves time for this many, which is enough after a lost connection or a deadlock. */
const MAX_TRIES_WHEN_STOPPING = 5;
const BACKOFF = { firstMs: 100, mostMs: 5_000 };

/**
 * The outcome of a submission; `nothing_to_send` where delivery reports had settled all its recipients
 * before.
 */
export type SendResult = SendOutcome | 'nothing_to_send';

/**
 * Step 3: records the result in one transaction, guarded by the submission's state. It is tried again for
 * minutes when the database is away, since this result is the only proof of what was sent. Throws when all
 * tries fail.
 */
export async function recordSubmission(
  app: AppContext,
  batch: BatchRow,
  submission: Submission,
  result: SendResult,
): Promise<void> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      return await app.db.transaction((trx) => record(app, trx, batch, submission, result));
    } catch (error) {
      const maxTries = app.stopping.aborted ? MAX_TRIES_WHEN_STOPPING : MAX_TRIES;
      if (tryNumber >= maxTries) throw error;
      const log = { err: error, batchId: batch.id, chunk: submission.chunk, tryNumber };
      app.log.warn(log, "the provider's result could not be recorded; trying again");
      await delay(backoffMs({ tryNumber, ...BACKOFF }));
    }
  }
}

async function record(
  app: AppContext,
  trx: Knex.Transaction,
  batch: BatchRow,
  submission: Submission,
  result: SendResult,
): Promise<void> {
  const recording: Recording = {
    app,
    trx,
    batch,
    submission,
    key: { provider: batch.channel, batchId: batch.id },
  };
  if (result === 'nothing_to_send') await settleSubmission(trx, submission.id, 'in_flight', 'reconciled');
  else if (result.kind === 'accepted') await recordAccepted(recording, result);
  else if (result.kind === 'unknown') {
    await recordUnknown(trx, batch, submission, { providerStatus: result.cause, reason: result.reason });
  } else {
    const because = { providerStatus: result.code, reason: result.reason };
    const from = await settle(recording, 'rejected', because);
    if (from) await recordRejected(recording, from, result);
  }
  await advanceBatch(app, trx, batch.id);
}

/**
 * Settles the submission. Returns the status that its recipients have; null where it was settled before. A
 * late result finds the submission `unknown`, as the sweep has left it, and proves what happened.
 */
async function settle(
  recording: Recording,
  to: 'accepted' | 'rejected',
  because: { providerStatus?: string; reason?: string },
): Promise<'pending' | 'unknown' | null> {
  const { trx, submission } = recording;
  if (await settleSubmission(trx, submission.id, 'in_flight', to, because)) return 'pending';
  if (await settleSubmission(trx, submission.id, 'unknown', to, because)) return 'unknown';
  return null;
}

async function recordAccepted(
  recording: Recording,
  result: Extract<SendOutcome, { kind: 'accepted' }>,
): Promise<void> {
  const { app, trx, key, submission, batch } = recording;
  const from = await settle(recording, 'accepted', { providerStatus: '0' });
  if (!from) return;
  const chunkKey = { ...key, chunk: submission.chunk };
  const sending = await moveToSending(trx, chunkKey, from, submission.id, result.accepted);
  const failed = await moveToRefused(trx, chunkKey, from, submission.id, result.refused);
  // Recipients that the result does not clearly name must not stay pending.
  const unknown =
    from === 'pending' && sending + failed < submission.size
      ? await moveChunk(trx, key, submission.chunk, 'pending', 'unknown', { submission_id: submission.id })
      : 0;
  const change: CountChange = { sending, failed, unknown };
  if (from === 'unknown') {
    change.unknown = -(sending + failed);
    await addMessageIdsToReplaced(trx, submission.id, result.accepted);
  }
  await addToCounts(trx, batch.id, change);
  // The first accepted submission opens the lanes and starts the tracking, which then enqueues itself.
  if (batch.status === 'pending' && (await moveBatch(trx, batch.id, 'submitting', {}, ['pending']))) {
    await enqueueLanes(trx, batch.id, await countLanes(trx, { ...accountOf(batch), batchId: batch.id }));
    await enqueuePoll(trx, batch.id, app.settings.deliveryPollMs);
  }
  if (unknown > 0) await enqueueReconcile(trx, batch.id);
}
