import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../../providers/sms-provider';
import type { SendingAccount } from '../../tenants/accounts';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueLane, enqueueStatusMessage } from '../enqueue-jobs';
import { findSender } from '../provider/find-account';
import { raiseAlert } from '../raise-alert';
import { RUNNING } from '../states';
import { accountOf, type BatchRow, findBatch, lockBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { listUnsent, type Unsent } from '../store/recipients';
import type { Submission } from '../store/submissions';
import { lockAccount, noteAnswer, touchRunning, UNCLEAR_IN_A_ROW } from './account-limits.sql';
import { claimSubmission, mayOpenRequest, nextAttemptInMs } from './claim-submission.sql';
import { shareOfLanes } from './lanes';
import { type Answer, recordSubmission } from './record-submission';
import { keepSmall } from './split-submission';

/** All lanes of an account are busy: look again after this long. */
const BUSY_AGAIN_MS = 250;
const SIT_OUT_MS = 500;
/** After unclear answers, a request of this size asks the way: few can become uncertain. */
const PROBE_RECIPIENTS = 10;

/**
 * One turn of a lane: chunk after chunk for a while, then behind the lanes of other batches. A turn that dies
 * is begun again by the queue or by the sweep. A `pending` batch has one request alone, and the turn ends with
 * it: the way is known then, and all lanes are woken or none.
 */
export async function submitChunk(app: AppContext, batchId: string, lane: number): Promise<void> {
  if (app.stopping.aborted) return;
  const batch = await findBatch(app.db, batchId);
  if (!batch || !RUNNING.includes(batch.status)) return;
  const sender = await findSender(app, batch);
  if (!sender) return pauseWithoutAccount(app, batchId);

  const endAt = performance.now() + app.settings.laneTurnMs;
  do {
    const claim = await claimSoon(app, batch, sender.maxOpenRequests);
    if (claim.kind === 'nothing_left') return;
    if (claim.kind === 'later') return goOn(app, batch, lane, claim.delayMs);
    await submitClaimed(app, batch, sender, claim);
  } while (batch.status !== 'pending' && performance.now() < endAt && !app.stopping.aborted);
  await goOn(app, batch, lane);
}

/** Behind the lanes of other batches; or not at all, where batches that were begun meanwhile have taken its place. */
async function goOn(app: AppContext, batch: BatchRow, lane: number, delayMs = 0): Promise<void> {
  if (lane >= (await shareOfLanes(app.db, accountOf(batch)))) return;
  await enqueueLane(app.db, batch.id, lane, delayMs);
}

/**
 * Three short steps: claim and commit, done before; call, with no transaction open; record. Whatever dies in
 * between leaves a submission `in_flight`, which the sweep turns into `unknown`: never into a second text.
 */
async function submitClaimed(app: AppContext, batch: BatchRow, sender: SendingAccount, claimed: Claimed) {
  const { submission, recipients, isBreakerTouched } = claimed;
  const answer: Answer =
    recipients.length === 0 ? 'nothing_to_send' : await call(app, batch, sender, recipients);
  await recordSubmission(app, batch, submission, answer);
  await noteForAccount(app, batch, answer, isBreakerTouched);
}

interface Claimed {
  kind: 'claimed';
  submission: Submission;
  recipients: Unsent[];
  /** The account's last answer was unclear. */
  isBreakerTouched: boolean;
}

type Claim = Claimed | { kind: 'later'; delayMs: number } | { kind: 'nothing_left' };

/** A short wait is sat out here: a delayed job would come up to a second late. */
async function claimSoon(app: AppContext, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  const claim = await claimChunk(app, batch, maxOpenRequests);
  if (claim.kind !== 'later' || claim.delayMs > SIT_OUT_MS) return claim;
  await delay(claim.delayMs);
  return app.stopping.aborted ? claim : claimChunk(app, batch, maxOpenRequests);
}

/** Step 1. The account's row is locked meanwhile, so that its limits hold over all processes. */
async function claimChunk(app: AppContext, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  return app.db.transaction(async (trx) => {
    const key = accountOf(batch);
    const { heldForMs, unclearInARow } = await lockAccount(trx, key);
    if (heldForMs > 0) return { kind: 'later', delayMs: heldForMs };
    const isProbe = unclearInARow >= UNCLEAR_IN_A_ROW;
    // A probe may be split in two, under the batch's lock: taken before the submission's, as a cancel does.
    if (isProbe) await lockBatch(trx, batch.id);
    const by = { ...key, maxOpenRequests: isProbe ? 1 : maxOpenRequests, worker: app.worker ?? null };
    const submission = await claimSubmission(trx, batch.id, by);
    if (submission) {
      const key = { provider: batch.channel, batchId: batch.id };
      if (isProbe) await keepSmall(trx, key, submission, PROBE_RECIPIENTS);
      const recipients = await listUnsent(trx, key, submission.chunk);
      return { kind: 'claimed', submission, recipients, isBreakerTouched: unclearInARow > 0 };
    }
    if (!(await mayOpenRequest(trx, by))) return { kind: 'later', delayMs: BUSY_AGAIN_MS };
    const inMs = await nextAttemptInMs(trx, batch.id);
    if (inMs !== null) return { kind: 'later', delayMs: Math.max(inMs, BUSY_AGAIN_MS) };
    await advanceBatch(app, trx, batch.id);
    return { kind: 'nothing_left' };
  });
}

/** Step 2. The answer is a value; only a fault of our own throws, and then nothing is known either. */
async function call(
  app: AppContext,
  batch: BatchRow,
  sender: SendingAccount,
  recipients: Unsent[],
): Promise<SendOutcome> {
  const provider = providerOf(app, batch.channel);
  const messages = recipients.map((recipient) => ({
    orderId: recipient.order_id,
    recipientNumber: recipient.recipient_number,
    content: batch.content,
  }));
  const senderId = batch.sender_id ?? sender.defaultSenderId ?? undefined;
  try {
    return await provider.sendSmsBatch(
      sender.account,
      { messages, senderId },
      { timeoutMs: app.settings.submitTimeoutMs, signal: app.stopping },
    );
  } catch (error) {
    app.log.error(
      { err: error, batchId: batch.id },
      'the channel threw while sending; the outcome is unknown',
    );
    return { kind: 'unknown', cause: 'unreadable_reply', reason: 'internal fault while sending' };
  }
}

/**
 * Tells the breaker how the provider answers, outside the transaction: the account's row is locked before a
 * batch's, never after it. A clear answer is news only where an unclear one came before its request.
 */
async function noteForAccount(app: AppContext, batch: BatchRow, answer: Answer, isTouched: boolean) {
  const isClear = answer !== 'nothing_to_send' && answer.kind !== 'unknown';
  if (answer === 'nothing_to_send' || (isClear && !isTouched)) return;
  const key = accountOf(batch);
  if (!(await noteAnswer(app.db, key, isClear))) return;
  for (const batchId of await touchRunning(app.db, key)) await enqueueStatusMessage(app.db, batchId, 0);
}

async function pauseWithoutAccount(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    const why = { reason: 'account', reason_detail: 'no_account' };
    if (await moveBatch(trx, batchId, 'paused', why)) await raiseAlert(trx, batchId, 'paused');
    await enqueueStatusMessage(trx, batchId, 0);
  });
}
