import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import { FAILURE_CLASSES, type FailureClass } from '../../providers/failure-codes';
import type { ProviderError } from '../../providers/sms-provider';
import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { chunkSizeOf } from '../importing/choose-accounts';
import { openFirstLanes } from '../sending/open-lanes';
import { noteUncertainLeft } from '../store/alerts';
import { writeAudit } from '../store/audit';
import { listBatchAccounts } from '../store/batch-accounts';
import { type BatchRow, lockBatch } from '../store/batches';
import { findForAct, findForActNow } from '../store/find-for-act';
import { addToCounts, moveToNextRound } from '../store/move-batch';
import { nextChunk, planChunks, splitIntoChunks } from '../store/submissions';
import { type DrawnFrom, hasGoneOn } from './drawn-from';
import { type AccountLook, HOLD_REASONS, type HoldReason, type Resendable, takeLastLook } from './last-look';
import { beginNextSendAttempt } from './next-send-attempt.sql';

/** What the last look has changed: see last-look.ts. */
export interface Looked {
  /** Recipients who have got the text or are on their way after all: they are not sent to again. */
  proved: number;
  /** Recipients who are not sent to again for now, by why. */
  heldBack: Record<HoldReason, number>;
  /** Why the provider could not be asked about some of them; null where it could. */
  why: ProviderError | null;
}

export type ResendOutcome =
  | ({ kind: 'started'; recipients: number } & Looked)
  /** There is nobody who may be sent to now, or who is left. */
  | ({ kind: 'nobody' } & Looked)
  /** The batch is in another round than the one that the person saw, and nothing was done. */
  | { kind: 'outdated' }
  | { kind: 'not_found' };

/** `nobody`: none is uncertain any more, or it was decided before. */
type LeaveOutcome = { kind: 'left' | 'nobody' | 'outdated' | 'not_found' };

/** A batch, as the person saw it. */
interface DrawnBatch extends DrawnFrom {
  batchId: string;
}

interface ResendCommand extends DrawnBatch {
  /** A deliberate decision, written to the audit log: those whom the last look holds back are sent to as well. */
  isAnyway?: boolean;
}

/**
 * Sends again to recipients that failed, of some classes of reasons or of all, after a last look at them: who has got the text
 * by then is left out. How their former send attempt ended is kept.
 */
export async function retryFailed(
  app: AppContext,
  actor: Actor,
  command: ResendCommand & { classes?: readonly FailureClass[] },
): Promise<ResendOutcome> {
  const { classes = FAILURE_CLASSES } = command;
  return sendAgain(app, actor, command, { from: 'failed', classes }, 'batch.retry_failed');
}

/** Sends again to the uncertain recipients, after a last look. The person accepts that some may get the text twice. */
export async function resendUncertain(
  app: AppContext,
  actor: Actor,
  command: ResendCommand,
): Promise<ResendOutcome> {
  return sendAgain(app, actor, command, { from: 'unknown' }, 'batch.resend_uncertain');
}

/**
 * A person gives up on the uncertain recipients: the batch may complete with them as unknown. `left`: this call
 * decided it.
 */
export async function leaveUncertain(
  app: AppContext,
  actor: Actor,
  command: DrawnBatch,
): Promise<LeaveOutcome> {
  return app.db.transaction(async (trx) => {
    if (!(await findForActNow(trx, actor, 'control', command.batchId))) return { kind: 'not_found' };
    if (hasGoneOn(await lockBatch(trx, command.batchId), command)) return { kind: 'outdated' };
    if (!(await noteUncertainLeft(trx, command.batchId))) return { kind: 'nobody' };
    await writeAudit(trx, actor, { batchId: command.batchId, action: 'batch.leave_uncertain', detail: {} });
    await advanceBatch(app, trx, command.batchId);
    return { kind: 'left' };
  });
}

/**
 * Compare and set under the batch's lock, after the look. Where somebody asks twice, the second time finds nobody to send to,
 * or another round than the one that they saw.
 */
async function sendAgain(
  app: AppContext,
  actor: Actor,
  command: ResendCommand,
  whom: Resendable,
  action: string,
): Promise<ResendOutcome> {
  const seen = await findForAct(app.db, actor, 'control', command.batchId);
  if (!seen) return { kind: 'not_found' };
  if (hasGoneOn(seen, command)) return { kind: 'outdated' };
  if (!isResendable(seen)) return { kind: 'nobody', ...NOT_LOOKED };
  // The round that was looked at: another person may begin the next one meanwhile.
  const looks = await takeLastLook(app, seen, whom);
  const isAnyway = command.isAnyway ?? false;
  const looked = sumUp(looks, isAnyway);
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, command.batchId);
    // The look may have taken half a minute.
    await findForActNow(trx, actor, 'control', command.batchId);
    if (hasGoneOn(batch, command)) return { kind: 'outdated' };
    if (!isResendable(batch) || batch.round !== seen.round) return { kind: 'nobody', ...NOT_LOOKED };
    const recipients = await planNextSendAttempt(app, trx, batch, whom.from, looks, isAnyway);
    if (recipients === 0) return { kind: 'nobody', ...looked };
    await moveToNextRound(trx, batch);
    await addToCounts(trx, batch.id, { [whom.from]: -recipients });
    const classes = whom.from === 'failed' ? { classes: whom.classes.join(' ') } : {};
    const detail = { recipients, ...auditOf(looks), isAnyway, ...classes };
    await writeAudit(trx, actor, { batchId: batch.id, action, detail });
    await openFirstLanes(trx, batch.id);
    await advanceBatch(app, trx, batch.id);
    return { kind: 'started', recipients, ...looked };
  });
}

const NOBODY: Looked['heldBack'] = { on_the_way: 0, perhaps_sent: 0, too_early: 0, no_answer: 0 };
const NOT_LOOKED: Looked = { proved: 0, heldBack: NOBODY, why: null };

const isResendable = ({ status }: BatchRow) => ['submitted', 'completed'].includes(status);

/** `isAnyway`: nobody is held back, whatever the looks say. */
export function sumUp(looks: AccountLook[], isAnyway = false): Looked {
  const count = (why: HoldReason) => looks.reduce((sum, one) => sum + one.heldBack[why].length, 0);
  const heldBack = { ...NOBODY };
  if (!isAnyway) for (const why of HOLD_REASONS) heldBack[why] = count(why);
  return {
    proved: looks.reduce((sum, one) => sum + one.proved, 0),
    heldBack,
    why: looks.find(({ why }) => why !== null)?.why ?? null,
  };
}

/** How many each look speaks against, also where a person has decided otherwise. */
export function auditOf(looks: AccountLook[]): Record<string, number | string | null> {
  const { proved, heldBack, why } = sumUp(looks);
  const held = HOLD_REASONS.map((one) => [`held_${one}`, heldBack[one]] as const);
  return { proved, ...Object.fromEntries(held), why: why?.code ?? null };
}

async function planNextSendAttempt(
  app: AppContext,
  trx: Knex.Transaction,
  batch: BatchRow,
  from: 'failed' | 'unknown',
  looks: AccountLook[],
  isAnyway: boolean,
): Promise<number> {
  let recipients = 0;
  for (const account of await listBatchAccounts(trx, batch.id)) {
    const look = looks.find(({ accountId }) => accountId === account.id);
    const ids = look ? [...look.cleared, ...(isAnyway ? Object.values(look.heldBack).flat() : [])] : [];
    if (ids.length === 0) continue;
    const chunkSize = chunkSizeOf(app, account);
    const firstChunk = await nextChunk(trx, batch.id);
    const key = { provider: account.provider, batchId: batch.id, accountId: account.id };
    const own = await beginNextSendAttempt(trx, key, from, ids, { firstChunk, chunkSize });
    await planChunks(trx, batch.id, splitIntoChunks(own, account.id, firstChunk, chunkSize));
    recipients += own;
  }
  return recipients;
}
