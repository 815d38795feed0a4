import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { chunkSizeOf } from '../importing/choose-accounts';
import { openFirstLanes } from '../sending/open-lanes';
import { noteUncertainLeft } from '../store/alerts';
import { writeAudit } from '../store/audit';
import { listBatchAccounts } from '../store/batch-accounts';
import { type BatchRow, lockBatch } from '../store/batches';
import { findForAct } from '../store/find-for-act';
import { addToCounts, moveToNextRound } from '../store/move-batch';
import { nextChunk, planChunks, splitIntoChunks } from '../store/submissions';
import { beginNextSendAttempt } from './next-send-attempt.sql';

type ResendOutcome = { kind: 'started'; recipients: number } | { kind: 'nobody' } | { kind: 'not_found' };

/** A batch in the round that somebody acts on. */
interface RoundOf {
  batchId: string;
  /** The round that the person saw. Without it the command is for the current round. */
  round?: number;
}

/** Sends again to the recipients that definitely failed. How their former send attempt ended is kept. */
export async function retryFailed(app: AppContext, actor: Actor, command: RoundOf): Promise<ResendOutcome> {
  return sendAgain(app, actor, command, 'failed', 'batch.retry_failed');
}

/** Sends again to the uncertain recipients. The person accepts that some may get the text twice. */
export async function resendUncertain(
  app: AppContext,
  actor: Actor,
  command: RoundOf,
): Promise<ResendOutcome> {
  return sendAgain(app, actor, command, 'unknown', 'batch.resend_uncertain');
}

/**
 * A person gives up on the uncertain recipients: the batch may complete with them as unknown. Returns whether this
 * call decided it.
 */
export async function leaveUncertain(app: AppContext, actor: Actor, command: RoundOf): Promise<boolean> {
  if (!(await findForAct(app.db, actor, 'control', command.batchId))) return false;
  return app.db.transaction(async (trx) => {
    if (!(await noteUncertainLeft(trx, command.batchId, command.round))) return false;
    await writeAudit(trx, actor, { batchId: command.batchId, action: 'batch.leave_uncertain', detail: {} });
    await advanceBatch(app, trx, command.batchId);
    return true;
  });
}

/**
 * Compare and set under the batch's lock. Where somebody asks twice, the second time finds nobody to send to, or, if
 * some have failed again meanwhile, another round than the one that they saw.
 */
async function sendAgain(
  app: AppContext,
  actor: Actor,
  command: RoundOf,
  from: 'failed' | 'unknown',
  action: string,
): Promise<ResendOutcome> {
  if (!(await findForAct(app.db, actor, 'control', command.batchId))) return { kind: 'not_found' };
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, command.batchId);
    if (!['submitted', 'completed'].includes(batch.status)) return { kind: 'nobody' };
    if (command.round !== undefined && command.round !== batch.round) return { kind: 'nobody' };
    const recipients = await planNextSendAttempt(app, trx, batch, from);
    if (recipients === 0) return { kind: 'nobody' };
    await moveToNextRound(trx, batch);
    await addToCounts(trx, batch.id, { [from]: -recipients });
    await writeAudit(trx, actor, { batchId: batch.id, action, detail: { recipients } });
    await openFirstLanes(trx, batch.id);
    await advanceBatch(app, trx, batch.id);
    return { kind: 'started', recipients };
  });
}

async function planNextSendAttempt(
  app: AppContext,
  trx: Knex.Transaction,
  batch: BatchRow,
  from: 'failed' | 'unknown',
): Promise<number> {
  let recipients = 0;
  for (const account of await listBatchAccounts(trx, batch.id)) {
    const chunkSize = chunkSizeOf(app, account);
    const firstChunk = await nextChunk(trx, batch.id);
    const key = { provider: account.provider, batchId: batch.id, accountId: account.id };
    const own = await beginNextSendAttempt(trx, key, from, { firstChunk, chunkSize });
    await planChunks(trx, batch.id, splitIntoChunks(own, account.id, firstChunk, chunkSize));
    recipients += own;
  }
  return recipients;
}
