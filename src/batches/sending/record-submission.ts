import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { backoffMs } from '../../backoff';
import type { SendOutcome } from '../../providers/send-outcome';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { enqueuePoll, enqueueReconcile } from '../enqueue-jobs';
import { RUNNING } from '../states';
import { forgetRecordsAnswered, listBatchAccounts } from '../store/batch-accounts';
import { lockBatch } from '../store/batches';
import { takeBackAttempts } from '../store/delivered-attempts';
import { findRepeated } from '../store/message-ids';
import { addToCounts, type CountChange, moveBatch } from '../store/move-batch';
import { moveToRefused, moveToSending, moveToUnknown } from '../store/move-recipients';
import { isUnknown, noteRecorded, settleReconciled, settleSubmission } from '../store/submissions';
import { openAllLanes } from './open-lanes';
import { isTextRefused, recordDeferred } from './record-deferred';
import type { Recording } from './recording';
import { addMessageIdsToReplaced } from './replaced-attempts.sql';
import type { SentRequests } from './send-requests';

const MAX_TRIES = 40;
/**
 * A stop leaves time for this many, which is enough after a lost connection or a deadlock. What the database itself refuses is
 * not tried more often either: it is there, and it will say the same again.
 */
const MAX_TRIES_OTHERWISE = 5;
const BACKOFF = { firstMs: 100, mostMs: 5_000 };

/** What becomes of a submission; `nothing_to_send` where delivery reports had settled all its recipients before. */
export type SendResult = SentRequests | 'nothing_to_send';

type Claimed = Pick<Recording, 'batch' | 'submission' | 'key'>;

/**
 * Records what came in the last second of a submission of many requests. Returns whether it may go on: not where the
 * batch was paused or cancelled, where its text was refused elsewhere, or where the sweep has given up on the submission. Throws when all tries fail.
 */
export function recordProgress(app: AppContext, claimed: Claimed, outcome: SendOutcome): Promise<boolean> {
  return recordWithPatience(app, claimed, async (trx) => {
    const isOpen = await noteRecorded(trx, claimed.submission.id);
    const recording: Recording = { app, trx, ...claimed, from: isOpen ? 'pending' : 'unknown' };
    await recordTexts(recording, outcome);
    if (outcome.accepted.length + outcome.refused.length > 0) await openLanes(recording);
    await advanceBatch(app, trx, claimed.batch.id);
    const now = await lockBatch(trx, claimed.batch.id);
    return isOpen && RUNNING.includes(now.status) && now.cancelled_at === null && !isTextRefused(now);
  });
}

/** Records how the submission ended, guarded by its state. Throws when all tries fail. */
export function recordSubmission(app: AppContext, claimed: Claimed, result: SendResult): Promise<void> {
  return recordWithPatience(app, claimed, async (trx) => {
    if (result === 'nothing_to_send') {
      await settleSubmission(trx, claimed.submission.id, 'in_flight', 'reconciled');
    } else {
      const from = await settle(trx, claimed, result);
      if (from) await recordEnd({ app, trx, ...claimed, from }, result);
    }
    // Whom a former attempt has reached while this request was open does not wait for the next.
    await takeBackAttempts(trx, claimed.batch.id);
    await advanceBatch(app, trx, claimed.batch.id);
  });
}

/**
 * One transaction, tried again for minutes when the database is away, since this outcome is the only proof of what was
 * sent.
 */
async function recordWithPatience<T>(
  app: AppContext,
  { batch, submission }: Claimed,
  record: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      return await app.db.transaction(record);
    } catch (error) {
      const maxTries = app.stopping.aborted || isRefusedByDatabase(error) ? MAX_TRIES_OTHERWISE : MAX_TRIES;
      if (tryNumber >= maxTries) throw error;
      const log = { err: error, batchId: batch.id, chunk: submission.chunk, tryNumber };
      app.log.warn(log, "the provider's answer could not be recorded; trying again");
      await delay(backoffMs({ tryNumber, ...BACKOFF }));
    }
  }
}

/** An integrity constraint, a value that does not fit, a wrong statement (SQLSTATE classes 23, 22 and 42). */
const isRefusedByDatabase = (error: unknown) => /^(22|23|42)/.test((error as { code?: string }).code ?? '');

/**
 * Settles the submission. Returns the status that its recipients have; null where all of them were settled before. A late
 * answer finds the submission `unknown`, as the sweep has left it, and proves what happened.
 */
async function settle(
  trx: Knex.Transaction,
  { submission }: Claimed,
  { outcome: { because }, wasUnclear, hasProgress }: SentRequests,
): Promise<Recording['from'] | null> {
  const to = wasUnclear ? 'unknown' : hasProgress ? 'accepted' : 'rejected';
  const answer = {
    providerStatus: because && (because.kind === 'rejected' ? because.code : because.cause),
    reason: because?.reason ?? null,
  };
  if (await settleSubmission(trx, submission.id, 'in_flight', to, answer)) return 'pending';
  const isLate = wasUnclear
    ? await isUnknown(trx, submission.id)
    : await settleSubmission(trx, submission.id, 'unknown', to, answer);
  return isLate ? 'unknown' : null;
}

async function recordEnd(recording: Recording, result: SentRequests): Promise<void> {
  const { trx, key, submission } = recording;
  await recordTexts(recording, result.outcome);
  if (result.hasProgress) await openLanes(recording);
  if (result.outcome.deferred.length > 0) await recordDeferred(recording, result);
  // Earlier delivery reports may have settled all its uncertain recipients already.
  if (result.wasUnclear) await settleReconciled(trx, key, submission.id);
}

/**
 * What is known of single texts: the recipients move, and the counts with them. A message id that another text of the account
 * has proves nothing of this one, and costs no other.
 */
async function recordTexts({ app, trx, batch, submission, key, from }: Recording, outcome: SendOutcome) {
  const repeated = await findRepeated(trx, key.provider, submission.id, outcome.accepted);
  if (repeated.size > 0) {
    const log = { batchId: batch.id, chunk: submission.chunk, texts: repeated.size };
    app.log.error(log, 'the provider gave message ids that other texts have: these texts are unknown');
  }
  const accepted = outcome.accepted.filter((one) => !repeated.has(one));
  const unclear = [...outcome.unclear, ...repeated];
  const { sending } = await moveToSending(trx, key, from, submission.id, accepted);
  const failed = await moveToRefused(trx, key, from, submission.id, outcome.refused);
  const unknown = from === 'pending' ? await moveToUnknown(trx, key, submission.id, unclear) : 0;
  const change: CountChange = { sending, failed, unknown };
  if (from === 'unknown') {
    change.unknown = -(sending + failed);
    await addMessageIdsToReplaced(trx, submission.id, accepted);
  }
  await addToCounts(trx, batch.id, change);
  if (unknown === 0) return;
  await forgetRecordsAnswered(trx, { batchId: batch.id, accountId: submission.account_id });
  await enqueueReconcile(trx, batch.id, submission.account_id);
}

/** The first request that the provider takes opens the lanes and starts the tracking, which then enqueues itself. */
async function openLanes({ app, trx, batch }: Recording): Promise<void> {
  if (batch.status !== 'pending') return;
  if (!(await moveBatch(trx, batch.id, 'submitting', {}, ['pending']))) return;
  await openAllLanes(trx, batch.id);
  for (const { id } of await listBatchAccounts(trx, batch.id)) {
    await enqueuePoll(trx, batch.id, id, app.settings.deliveryPollMs);
  }
}
