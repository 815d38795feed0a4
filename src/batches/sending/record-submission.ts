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
import { nameAttempts } from './former-attempts.sql';
import { countLanes } from './lanes';
import { type Recording, recordRejected } from './record-rejected';
import { recordUnknown } from './record-unknown';

const MAX_TRIES = 40;
/** A stop leaves this little time, which is enough for a connection that was lost or a deadlock. */
const MAX_TRIES_WHEN_STOPPING = 5;
const BACKOFF = { firstMs: 100, mostMs: 5_000 };

export type Answer = SendOutcome | 'nothing_to_send';

/**
 * Step 3: one transaction, guarded by the submission's state. It is tried again for minutes when the
 * database is away, since the answer in our hands is the only proof of what was sent.
 */
export async function recordSubmission(
  app: AppContext,
  batch: BatchRow,
  submission: Submission,
  answer: Answer,
): Promise<void> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      return await app.db.transaction((trx) => record(app, trx, batch, submission, answer));
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
  answer: Answer,
): Promise<void> {
  const step: Recording = {
    app,
    trx,
    batch,
    submission,
    key: { provider: batch.channel, batchId: batch.id },
  };
  if (answer === 'nothing_to_send') await settleSubmission(trx, submission.id, 'in_flight', 'reconciled');
  else if (answer.kind === 'accepted') await recordAccepted(step, answer);
  else if (answer.kind === 'unknown') {
    await recordUnknown(trx, batch, submission, { providerStatus: answer.cause, reason: answer.reason });
  } else {
    const because = { providerStatus: answer.code, reason: answer.reason };
    const from = await settle(step, 'rejected', because);
    if (from) await recordRejected(step, from, answer);
  }
  await advanceBatch(app, trx, batch.id);
}

/** A late answer finds what the sweep has called unknown, and proves it. */
async function settle(
  step: Recording,
  to: 'accepted' | 'rejected',
  answer: { providerStatus?: string; reason?: string },
): Promise<'pending' | 'unknown' | null> {
  const { trx, submission } = step;
  if (await settleSubmission(trx, submission.id, 'in_flight', to, answer)) return 'pending';
  if (await settleSubmission(trx, submission.id, 'unknown', to, answer)) return 'unknown';
  return null;
}

async function recordAccepted(
  step: Recording,
  answer: Extract<SendOutcome, { kind: 'accepted' }>,
): Promise<void> {
  const { app, trx, key, submission, batch } = step;
  const from = await settle(step, 'accepted', { providerStatus: '0' });
  if (!from) return;
  const chunkKey = { ...key, chunk: submission.chunk };
  const sending = await moveToSending(trx, chunkKey, from, submission.id, answer.accepted);
  const failed = await moveToRefused(trx, chunkKey, from, submission.id, answer.refused);
  // Whoever the answer does not name for certain must not stay among those who never left.
  const unknown =
    from === 'pending' && sending + failed < submission.size
      ? await moveChunk(trx, key, submission.chunk, 'pending', 'unknown', { submission_id: submission.id })
      : 0;
  const change: CountChange = { sending, failed, unknown };
  if (from === 'unknown') {
    change.unknown = -(sending + failed);
    await nameAttempts(trx, submission.id, answer.accepted);
  }
  await addToCounts(trx, batch.id, change);
  // The first that is accepted opens the lanes and begins the tracking, which then goes on by itself.
  if (batch.status === 'pending' && (await moveBatch(trx, batch.id, 'submitting', {}, ['pending']))) {
    await enqueueLanes(trx, batch.id, await countLanes(trx, { ...accountOf(batch), batchId: batch.id }));
    await enqueuePoll(trx, batch.id, app.settings.deliveryPollMs);
  }
  if (unknown > 0) await enqueueReconcile(trx, batch.id);
}
