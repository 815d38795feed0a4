import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../../providers/sms-provider';
import type { SendingAccount } from '../../tenants/accounts';
import { advanceBatch } from '../advance-batch';
import { channelOf, type Heart } from '../app-context';
import { wakeLane, wakeMessage } from '../enqueue-jobs';
import { findSender } from '../provider/find-account';
import { callAttention } from '../raise-alert';
import { RUNNING } from '../states';
import { accountOf, type BatchRow, findBatch, lockBatch } from '../store/batches';
import { moveBatch } from '../store/move-batch';
import { listUnsent, type Unsent } from '../store/recipients';
import type { Submission } from '../store/submissions';
import { touchRunning } from '../sweeping/active-batches.sql';
import { holdAccount, noteAnswer, UNCLEAR_IN_A_ROW } from './account-limits.sql';
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
export async function submitChunk(heart: Heart, batchId: string, lane: number): Promise<void> {
  if (heart.stopping.aborted) return;
  const batch = await findBatch(heart.db, batchId);
  if (!batch || !RUNNING.includes(batch.status)) return;
  const sender = await findSender(heart, batch);
  if (!sender) return pauseWithoutAccount(heart, batchId);

  const endAt = performance.now() + heart.settings.laneTurnMs;
  do {
    const claim = await claimSoon(heart, batch, sender.maxOpenRequests);
    if (claim.kind === 'nothing_left') return;
    if (claim.kind === 'later') return goOn(heart, batch, lane, claim.delayMs);
    await submitClaimed(heart, batch, sender, claim);
  } while (batch.status !== 'pending' && performance.now() < endAt && !heart.stopping.aborted);
  await goOn(heart, batch, lane);
}

/** Behind the lanes of other batches; or not at all, where batches that were begun meanwhile have taken its place. */
async function goOn(heart: Heart, batch: BatchRow, lane: number, delayMs = 0): Promise<void> {
  if (lane >= (await shareOfLanes(heart.db, accountOf(batch)))) return;
  await wakeLane(heart.db, batch.id, lane, delayMs);
}

/**
 * Three short steps: claim and commit, done before; call, with no transaction open; record. Whatever dies in
 * between leaves a submission `in_flight`, which the sweep turns into `unknown`: never into a second text.
 */
async function submitClaimed(heart: Heart, batch: BatchRow, sender: SendingAccount, claimed: Claimed) {
  const { submission, recipients, isBreakerTouched } = claimed;
  const answer: Answer =
    recipients.length === 0 ? 'nothing_to_send' : await call(heart, batch, sender, recipients);
  await recordSubmission(heart, batch, submission, answer);
  await noteForAccount(heart, batch, answer, isBreakerTouched);
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
async function claimSoon(heart: Heart, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  const claim = await claimChunk(heart, batch, maxOpenRequests);
  if (claim.kind !== 'later' || claim.delayMs > SIT_OUT_MS) return claim;
  await delay(claim.delayMs);
  return heart.stopping.aborted ? claim : claimChunk(heart, batch, maxOpenRequests);
}

/** Step 1. The account's row is locked meanwhile, so that its limits hold over all processes. */
async function claimChunk(heart: Heart, batch: BatchRow, maxOpenRequests: number): Promise<Claim> {
  return heart.db.transaction(async (trx) => {
    const key = accountOf(batch);
    const { heldForMs, unclearInARow } = await holdAccount(trx, key);
    if (heldForMs > 0) return { kind: 'later', delayMs: heldForMs };
    const isProbe = unclearInARow >= UNCLEAR_IN_A_ROW;
    // A probe may be split in two, under the batch's lock: taken before the submission's, as a cancel does.
    if (isProbe) await lockBatch(trx, batch.id);
    const by = { ...key, maxOpenRequests: isProbe ? 1 : maxOpenRequests, worker: heart.worker ?? null };
    const submission = await claimSubmission(trx, batch.id, by);
    if (submission) {
      const of = { channel: batch.channel, batchId: batch.id };
      if (isProbe) await keepSmall(trx, of, submission, PROBE_RECIPIENTS);
      const recipients = await listUnsent(trx, of, submission.chunk);
      return { kind: 'claimed', submission, recipients, isBreakerTouched: unclearInARow > 0 };
    }
    if (!(await mayOpenRequest(trx, by))) return { kind: 'later', delayMs: BUSY_AGAIN_MS };
    const inMs = await nextAttemptInMs(trx, batch.id);
    if (inMs !== null) return { kind: 'later', delayMs: Math.max(inMs, BUSY_AGAIN_MS) };
    await advanceBatch(heart, trx, batch.id);
    return { kind: 'nothing_left' };
  });
}

/** Step 2. The answer is a value; only a fault of our own throws, and then nothing is known either. */
async function call(
  heart: Heart,
  batch: BatchRow,
  sender: SendingAccount,
  recipients: Unsent[],
): Promise<SendOutcome> {
  const channel = channelOf(heart, batch.channel);
  const messages = recipients.map((recipient) => ({
    orderId: recipient.order_id,
    recipientNumber: recipient.recipient_number,
    content: batch.content,
  }));
  const senderId = batch.sender_id ?? sender.defaultSenderId ?? undefined;
  try {
    return await channel.sendSmsBatch(
      sender.account,
      { messages, senderId },
      { timeoutMs: heart.settings.submitTimeoutMs, signal: heart.stopping },
    );
  } catch (error) {
    heart.log.error(
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
async function noteForAccount(heart: Heart, batch: BatchRow, answer: Answer, isTouched: boolean) {
  const isClear = answer !== 'nothing_to_send' && answer.kind !== 'unknown';
  if (answer === 'nothing_to_send' || (isClear && !isTouched)) return;
  const key = accountOf(batch);
  if (!(await noteAnswer(heart.db, key, isClear))) return;
  for (const batchId of await touchRunning(heart.db, key)) await wakeMessage(heart.db, batchId, 0);
}

async function pauseWithoutAccount(heart: Heart, batchId: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    const why = { reason: 'account', reason_detail: 'no_account' };
    if (await moveBatch(trx, batchId, 'paused', why)) await callAttention(trx, batchId, 'paused');
    await wakeMessage(trx, batchId, 0);
  });
}
