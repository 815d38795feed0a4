import { setTimeout as delay } from 'node:timers/promises';
import { type SendOutcome, withCleanReasons } from '../../providers/send-outcome';
import { DONE, type JobResult, snooze } from '../../queue/job-result';
import type { AccountSettings } from '../../tenants/accounts';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueStatusMessage } from '../enqueue-jobs';
import { RUNNING } from '../states';
import { type BatchRow, findBatch, lockBatch } from '../store/batches';
import { listUnsent, type UnsentRecipient } from '../store/recipients';
import { lockAccount, markRunningChanged, updateBreaker } from './account-limits.sql';
import {
  type ClaimedSubmission,
  claimSubmission,
  mayOpenRequest,
  nextSubmissionInMs,
} from './claim-submission.sql';
import { shareOfLanes } from './lanes';
import { recordProgress, recordSubmission, type SendResult } from './record-submission';
import { type SentRequests, sendRequests, UNCLEAR_IN_A_ROW } from './send-requests';
import { limitSubmissionSize } from './split-submission';

/** The account has too many requests open, or nothing is due: look again after this long at the earliest. */
const BUSY_SNOOZE_MS = 250;
const SHORT_WAIT_MS = 500;
/** What a chunk is planned for at most. Where answers are slow, its rest waits for the next submission. */
const LONGEST_SUBMISSION_MS = 10_000;
/** After unclear results a small probe checks whether the provider answers again: few can become uncertain. */
const PROBE_RECIPIENTS = 10;

/** A batch that sends through an account. */
interface Sending {
  app: AppContext;
  batch: BatchRow;
  account: AccountSettings;
}

/**
 * One turn of a lane: submits chunk after chunk for a while, then goes behind the lanes of other batches. If the process
 * dies, the queue or the sweep starts the turn again. A `pending` batch has a single submission, and its turn ends with
 * it: the result then opens all lanes or none.
 */
export async function submitChunk(
  app: AppContext,
  { batchId, accountId, lane }: { batchId: string; accountId: string; lane: number },
): Promise<JobResult> {
  if (app.draining.aborted) return DONE;
  const batch = await findBatch(app.db, batchId);
  if (!batch || !RUNNING.includes(batch.status)) return DONE;
  const account = await app.accounts.find(accountId, batch.user_id);
  if (!account) throw new Error(`Batch ${batchId} is to be sent through an account that is not there.`);
  const sending = { app, batch, account };

  const endAt = performance.now() + app.settings.laneTurnMs;
  do {
    const claim = await claimWithShortWait(sending);
    if (claim.kind === 'nothing_left') return DONE;
    if (claim.kind === 'later') return nextTurn(sending, lane, claim.snoozeMs);
    await submitClaimed(sending, claim);
  } while (batch.status !== 'pending' && performance.now() < endAt && !app.draining.aborted);
  return nextTurn(sending, lane, 0);
}

/** Behind the lanes of other batches; not at all where batches that started meanwhile have taken this lane's share. */
async function nextTurn({ app, account }: Sending, lane: number, delayMs: number): Promise<JobResult> {
  return lane >= (await shareOfLanes(app.db, account.id)) ? DONE : snooze(delayMs);
}

/**
 * Three short steps: claim and commit (done before), call with no transaction open, record. A process that dies in
 * between leaves the submission `in_flight`. The sweep makes it `unknown`, so that nobody gets a second text.
 */
async function submitClaimed(sending: Sending, claimed: Claimed): Promise<void> {
  const { app, batch, account } = sending;
  const { submission, recipients } = claimed;
  const recording = {
    batch,
    submission,
    key: { provider: account.provider, batchId: batch.id, chunk: submission.chunk },
  };
  const result: SendResult =
    recipients.length === 0
      ? 'nothing_to_send'
      : await sendRequests({
          texts: recipients,
          textsPerRequest: providerOf(app, account.provider).capabilities.textsPerRequest,
          requestsPerSecond: account.maxRequestsPerSecond,
          requestsAtOnce: submission.requests_at_once,
          isProbe: batch.status === 'pending' || claimed.hadUnclearBefore,
          longestMs: LONGEST_SUBMISSION_MS,
          send: (texts) => send(sending, texts),
          record: (outcome) => recordProgress(app, recording, outcome),
          draining: app.draining,
        });
  await recordSubmission(app, recording, result);
  if (result !== 'nothing_to_send') await reportToBreaker(sending, result, claimed.hadUnclearBefore);
}

interface Claimed {
  kind: 'claimed';
  submission: ClaimedSubmission;
  recipients: UnsentRecipient[];
  /** The account's last answer before this claim was unclear. */
  hadUnclearBefore: boolean;
}

type Claim = Claimed | { kind: 'later'; snoozeMs: number } | { kind: 'nothing_left' };

/** Waits for a short time inside the job: a delayed job would come up to a second late. */
async function claimWithShortWait(sending: Sending): Promise<Claim> {
  const claim = await claimChunk(sending);
  if (claim.kind !== 'later' || claim.snoozeMs > SHORT_WAIT_MS) return claim;
  await delay(claim.snoozeMs);
  return sending.app.draining.aborted ? claim : claimChunk(sending);
}

/** Step 1. Locks the account's row, so that its limits hold over all processes. */
async function claimChunk({ app, batch, account }: Sending): Promise<Claim> {
  return app.db.transaction(async (trx) => {
    const { pausedForMs, unclearInARow } = await lockAccount(trx, account.id);
    if (pausedForMs > 0) return { kind: 'later', snoozeMs: pausedForMs };
    const isProbe = unclearInARow >= UNCLEAR_IN_A_ROW;
    // A probe may split its chunk under the batch's lock: taken before the submission's, as in a cancel.
    if (isProbe) await lockBatch(trx, batch.id);
    const provider = providerOf(app, account.provider);
    const { textsPerRequest } = provider.capabilities;
    const maxOpenRequests = isProbe ? 1 : account.maxOpenRequests;
    const address = provider.addressOf(account);
    const by = { account, address, maxOpenRequests, textsPerRequest, worker: app.worker ?? null };
    const submission = await claimSubmission(trx, batch.id, by);
    if (submission) {
      const key = { provider: account.provider, batchId: batch.id, chunk: submission.chunk };
      if (isProbe) await limitSubmissionSize(trx, key, submission, PROBE_RECIPIENTS);
      const recipients = await listUnsent(trx, key);
      return { kind: 'claimed', submission, recipients, hadUnclearBefore: unclearInARow > 0 };
    }
    if (!(await mayOpenRequest(trx, by))) return { kind: 'later', snoozeMs: BUSY_SNOOZE_MS };
    const inMs = await nextSubmissionInMs(trx, batch.id, account.id);
    if (inMs !== null) return { kind: 'later', snoozeMs: Math.max(inMs, BUSY_SNOOZE_MS) };
    await advanceBatch(app, trx, batch.id);
    return { kind: 'nothing_left' };
  });
}

/** Step 2. The outcome is a value. Only a bug of ours throws, and then the outcome is unclear as well. */
async function send({ app, batch, account }: Sending, recipients: UnsentRecipient[]): Promise<SendOutcome> {
  const messages = recipients.map(({ orderId, recipientNumber }) => ({
    orderId,
    recipientNumber,
    content: batch.content,
  }));
  const senderId = batch.sender_id ?? account.defaultSenderId ?? undefined;
  try {
    const outcome = await providerOf(app, account.provider).sendSmsBatch(
      account,
      { messages, senderId },
      { timeoutMs: app.settings.submitTimeoutMs, signal: app.stopping },
    );
    return withCleanReasons(outcome);
  } catch (error) {
    const log = { err: error, batchId: batch.id };
    app.log.error(log, 'sending failed with an unexpected error; the outcome is unknown');
    const because = {
      kind: 'unclear',
      cause: 'unreadable_reply',
      reason: 'internal fault while sending',
    } as const;
    return { accepted: [], refused: [], unclear: recipients, deferred: [], because };
  }
}

/**
 * Reports the result to the breaker, outside the transaction, because the account's row is locked before a batch's, never
 * after it. A clear result changes the breaker only where an unclear one came before the claim.
 */
async function reportToBreaker(
  { app, account }: Sending,
  { unclearInARow: unclear, wasClear }: SentRequests,
  hadUnclearBefore: boolean,
): Promise<void> {
  if (unclear === 0 && !hadUnclearBefore) return;
  if (!(await updateBreaker(app.db, account.id, { unclear, wasClear }))) return;
  for (const batchId of await markRunningChanged(app.db, account.id))
    await enqueueStatusMessage(app.db, batchId, 0);
}
