import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../../providers/sms-provider';
import type { AccountSettings } from '../../tenants/accounts';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueLane, enqueueStatusMessage } from '../enqueue-jobs';
import { findAccount } from '../provider/find-account';
import { raiseAlert } from '../raise-alert';
import { RUNNING } from '../states';
import { accountOf, type BatchRow, findBatch, lockBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { listUnsent, type UnsentRecipient } from '../store/recipients';
import type { Submission } from '../store/submissions';
import { lockAccount, markRunningChanged, UNCLEAR_IN_A_ROW, updateBreaker } from './account-limits.sql';
import { claimSubmission, mayOpenRequest, nextSubmissionInMs } from './claim-submission.sql';
import { shareOfLanes } from './lanes';
import { recordSubmission, type SendResult } from './record-submission';
import { limitSubmissionSize } from './split-submission';

/** The account has too many requests open, or nothing is due: look again after this long at the earliest. */
const BUSY_SNOOZE_MS = 250;
const SHORT_WAIT_MS = 500;
/**
 * After unclear results a small probe checks whether the provider answers again: few can become uncertain.
 */
const PROBE_RECIPIENTS = 10;

/**
 * One turn of a lane: submits chunk after chunk for a while, then goes behind the lanes of other batches. If
 * the process dies, the queue or the sweep starts the turn again. A `pending` batch has a single request, and
 * its turn ends with it: the result then opens all lanes or none.
 */
export async function submitChunk(app: AppContext, batchId: string, lane: number): Promise<void> {
  if (app.stopping.aborted) return;
  const batch = await findBatch(app.db, batchId);
  if (!batch || !RUNNING.includes(batch.status)) return;
  const account = await findAccount(app, batch);
  if (!account) return pauseWithoutAccount(app, batchId);

  const endAt = performance.now() + app.settings.laneTurnMs;
  do {
    const claim = await claimWithShortWait(app, batch, account.maxOpenRequests);
    if (claim.kind === 'nothing_left') return;
    if (claim.kind === 'later') return enqueueNextTurn(app, batch, lane, claim.snoozeMs);
    await submitClaimed(app, batch, account, claim);
  } while (batch.status !== 'pending' && performance.now() < endAt && !app.stopping.aborted);
  await enqueueNextTurn(app, batch, lane);
}

/**
 * Behind the lanes of other batches; not at all where batches that started meanwhile have taken this lane's
 * share.
 */
async function enqueueNextTurn(app: AppContext, batch: BatchRow, lane: number, delayMs = 0): Promise<void> {
  if (lane >= (await shareOfLanes(app.db, accountOf(batch)))) return;
  await enqueueLane(app.db, batch.id, lane, delayMs);
}

/**
 * Three short steps: claim and commit (done before), call with no transaction open, record. A process that
 * dies in between leaves the submission `in_flight`. The sweep makes it `unknown`, so that nobody gets a
 * second text.
 */
async function submitClaimed(app: AppContext, batch: BatchRow, account: AccountSettings, claimed: Claimed) {
  const { submission, recipients, hadUnclearBefore } = claimed;
  const result: SendResult =
    recipients.length === 0 ? 'nothing_to_send' : await send(app, batch, account, recipients);
  await recordSubmission(app, batch, submission, result);
  await reportToBreaker(app, batch, result, hadUnclearBefore);
}

interface Claimed {
  kind: 'claimed';
  submission: Submission;
  recipients: UnsentRecipient[];
  /** The account's last result before this claim was unclear. */
  hadUnclearBefore: boolean;
}

type Claim = Claimed | { kind: 'later'; snoozeMs: number } | { kind: 'nothing_left' };

/** Waits for a short time inside the job: a delayed job would come up to a second late. */
async function claimWithShortWait(app: AppContext, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  const claim = await claimChunk(app, batch, maxOpenRequests);
  if (claim.kind !== 'later' || claim.snoozeMs > SHORT_WAIT_MS) return claim;
  await delay(claim.snoozeMs);
  return app.stopping.aborted ? claim : claimChunk(app, batch, maxOpenRequests);
}

/** Step 1. Locks the account's row, so that its limits hold over all processes. */
async function claimChunk(app: AppContext, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  return app.db.transaction(async (trx) => {
    const key = accountOf(batch);
    const { pausedForMs, unclearInARow } = await lockAccount(trx, key);
    if (pausedForMs > 0) return { kind: 'later', snoozeMs: pausedForMs };
    const isProbe = unclearInARow >= UNCLEAR_IN_A_ROW;
    // A probe may split its chunk under the batch's lock: taken before the submission's, as in a cancel.
    if (isProbe) await lockBatch(trx, batch.id);
    const by = { ...key, maxOpenRequests: isProbe ? 1 : maxOpenRequests, worker: app.worker ?? null };
    const submission = await claimSubmission(trx, batch.id, by);
    if (submission) {
      const batchKey = { provider: batch.channel, batchId: batch.id };
      if (isProbe) await limitSubmissionSize(trx, batchKey, submission, PROBE_RECIPIENTS);
      const recipients = await listUnsent(trx, batchKey, submission.chunk);
      return { kind: 'claimed', submission, recipients, hadUnclearBefore: unclearInARow > 0 };
    }
    if (!(await mayOpenRequest(trx, by))) return { kind: 'later', snoozeMs: BUSY_SNOOZE_MS };
    const inMs = await nextSubmissionInMs(trx, batch.id);
    if (inMs !== null) return { kind: 'later', snoozeMs: Math.max(inMs, BUSY_SNOOZE_MS) };
    await advanceBatch(app, trx, batch.id);
    return { kind: 'nothing_left' };
  });
}

/** Step 2. The outcome is a value. Only a bug of ours throws, and then the outcome is unknown as well. */
async function send(
  app: AppContext,
  batch: BatchRow,
  { account, defaultSenderId }: AccountSettings,
  recipients: UnsentRecipient[],
): Promise<SendOutcome> {
  const provider = providerOf(app, batch.channel);
  const messages = recipients.map((recipient) => ({
    orderId: recipient.order_id,
    recipientNumber: recipient.recipient_number,
    content: batch.content,
  }));
  const senderId = batch.sender_id ?? defaultSenderId ?? undefined;
  try {
    return await provider.sendSmsBatch(
      account,
      { messages, senderId },
      { timeoutMs: app.settings.submitTimeoutMs, signal: app.stopping },
    );
  } catch (error) {
    app.log.error(
      { err: error, batchId: batch.id },
      'sending failed with an unexpected error; the outcome is unknown',
    );
    return { kind: 'unknown', cause: 'unreadable_reply', reason: 'internal fault while sending' };
  }
}

/**
 * Reports the result to the breaker, outside the transaction, because the account's row is locked before a
 * batch's, never after it. A clear result changes the breaker only where an unclear one came before the
 * claim.
 */
async function reportToBreaker(
  app: AppContext,
  batch: BatchRow,
  result: SendResult,
  hadUnclearBefore: boolean,
) {
  const isClear = result !== 'nothing_to_send' && result.kind !== 'unknown';
  if (result === 'nothing_to_send' || (isClear && !hadUnclearBefore)) return;
  const key = accountOf(batch);
  if (!(await updateBreaker(app.db, key, isClear))) return;
  for (const batchId of await markRunningChanged(app.db, key)) await enqueueStatusMessage(app.db, batchId, 0);
}

async function pauseWithoutAccount(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    const why = { reason: 'account', reason_detail: 'no_account' };
    if (await moveBatch(trx, batchId, 'paused', why)) await raiseAlert(trx, batchId, 'paused');
    await enqueueStatusMessage(trx, batchId, 0);
  });
}
