import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../channels/channel';
import type { SendingAccount } from '../tenants/account-book';
import { advanceBatch } from './advance-batch';
import { callAttention } from './call-attention';
import { channelOf, type Heart } from './heart';
import { recordSubmission } from './record-submission';
import { keepSmall } from './split-submission';
import { holdAccount, noteRequest } from './store/accounts';
import { type BatchRow, findBatch, lockBatch, moveBatch } from './store/batches';
import { listUnsent, type Unsent } from './store/list-recipients';
import { claimSubmission, countOpenRequests, nextAttemptInMs, type Submission } from './store/submissions';
import { wakeLane, wakeMessage } from './wake';

/** All lanes of an account are busy: look again after this long. */
const BUSY_AGAIN_MS = 250;
const SIT_OUT_MS = 500;
/** After unclear answers, a request of this size asks the way: few can become uncertain. */
const PROBE_RECIPIENTS = 10;

/**
 * One turn of a lane, in three short steps: claim and commit; call, with no transaction open; record.
 * Whatever dies in between leaves a submission `in_flight`, which the sweep turns into `unknown`: never
 * into a second text.
 */
export async function submitChunk(heart: Heart, batchId: string, lane: number): Promise<void> {
  if (heart.stopping.aborted) return;
  const batch = await findBatch(heart.db, batchId);
  if (!batch || (batch.status !== 'pending' && batch.status !== 'submitting')) return;
  const sender = await heart.accounts.find({
    tenantId: batch.tenant_id,
    userId: batch.user_id,
    channel: batch.channel,
  });
  if (!sender) return pauseWithoutAccount(heart, batchId);

  const claim = await claimSoon(heart, batch, sender.maxOpenRequests);
  if (claim.kind === 'nothing_left') return;
  if (claim.kind === 'later') return wakeLane(heart.db, batchId, lane, claim.delayMs);
  const outcome =
    claim.recipients.length === 0
      ? ('nothing_to_send' as const)
      : await call(heart, batch, sender, claim.recipients);
  await recordSubmission(heart, batch, claim.submission, lane, outcome);
}

type Claim =
  | { kind: 'claimed'; submission: Submission; recipients: Unsent[] }
  | { kind: 'later'; delayMs: number }
  | { kind: 'nothing_left' };

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
    const key = { tenantId: batch.tenant_id, channel: batch.channel };
    const account = await holdAccount(trx, key);
    if (account.heldForMs > 0) return { kind: 'later', delayMs: account.heldForMs };
    const mayBeOpen = account.onProbation ? 1 : maxOpenRequests;
    if ((await countOpenRequests(trx, batch.tenant_id, batch.channel)) >= mayBeOpen) {
      return { kind: 'later', delayMs: BUSY_AGAIN_MS };
    }
    // A probe may be split in two, under the batch's lock: taken before the submission's, as a cancel does.
    if (account.onProbation) await lockBatch(trx, batch.id);
    const submission = await claimSubmission(trx, batch.id, heart.worker ?? null);
    if (submission) {
      await noteRequest(trx, key);
      const of = { channel: batch.channel, batchId: batch.id };
      if (account.onProbation) await keepSmall(trx, of, submission, PROBE_RECIPIENTS);
      return { kind: 'claimed', submission, recipients: await listUnsent(trx, of, submission.chunk) };
    }
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

async function pauseWithoutAccount(heart: Heart, batchId: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    const why = { reason: 'account', reason_detail: 'no_account' };
    if (await moveBatch(trx, batchId, 'paused', why)) await callAttention(trx, batchId, 'paused');
    await wakeMessage(trx, batchId, 0);
  });
}
