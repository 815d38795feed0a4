import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import type { BatchCommand } from '../batch';
import { enqueueLane } from '../enqueue-jobs';
import { deletePendingPost } from '../outbox/pending-posts.sql';
import { noteUncertainLeft } from '../store/alerts';
import { writeAudit } from '../store/audit';
import { type BatchRow, findBatch, lockBatch } from '../store/batches';
import { addToCounts, moveBatch } from '../store/move-batch';
import { nextChunk, planChunks } from '../store/submissions';
import { beginNextSendAttempt } from './next-send-attempt.sql';

type ResendOutcome = { kind: 'started'; recipients: number } | { kind: 'nobody' } | { kind: 'not_found' };

interface RoundCommand extends BatchCommand {
  /** The round that the person saw. Without it the command is for the current round. */
  round?: number;
}

/** Sends again to the recipients that definitely failed. How their former send attempt ended is kept. */
export async function retryFailed(app: AppContext, command: RoundCommand): Promise<ResendOutcome> {
  return sendAgain(app, command, 'failed', 'batch.retry_failed');
}

/** Sends again to the uncertain recipients. The person accepts that some may get the text twice. */
export async function resendUncertain(app: AppContext, command: RoundCommand): Promise<ResendOutcome> {
  return sendAgain(app, command, 'unknown', 'batch.resend_uncertain');
}

/**
 * A person gives up on the uncertain recipients: the batch may complete with them as unknown. Returns whether this
 * call decided it.
 */
export async function leaveUncertain(app: AppContext, command: RoundCommand): Promise<boolean> {
  if (!(await findBatch(app.db, command.batchId, command.tenantId))) return false;
  return app.db.transaction(async (trx) => {
    if (!(await noteUncertainLeft(trx, command.batchId, command.round))) return false;
    await writeAudit(trx, { ...command, action: 'batch.leave_uncertain', detail: {} });
    await advanceBatch(app, trx, command.batchId);
    return true;
  });
}

/**
 * Compare and set under the batch's lock. Where a person presses twice, the second press finds nobody to send to, or,
 * if some have failed again meanwhile, another round than the one the person saw.
 */
async function sendAgain(
  app: AppContext,
  command: RoundCommand,
  from: 'failed' | 'unknown',
  action: string,
): Promise<ResendOutcome> {
  if (!(await findBatch(app.db, command.batchId, command.tenantId))) return { kind: 'not_found' };
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, command.batchId);
    if (!['submitted', 'completed'].includes(batch.status)) return { kind: 'nobody' };
    if (command.round !== undefined && command.round !== batch.round) return { kind: 'nobody' };
    const recipients = await planNextSendAttempt(app, trx, batch, from);
    if (recipients === 0) return { kind: 'nobody' };
    await moveBatch(trx, batch.id, 'pending', {
      submitted_at: null,
      completed_at: null,
      notified_at: null,
      attention: null,
      cancelled_at: null,
      uncertain_left_at: null,
      round: batch.round + 1,
    });
    await addToCounts(trx, batch.id, { [from]: -recipients });
    await deletePendingPost(trx, { batchId: batch.id, kind: 'completion' });
    await writeAudit(trx, { ...command, action, detail: { recipients } });
    await enqueueLane(trx, batch.id, 0);
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
  const chunkSize = providerOf(app, batch.channel).maxMessagesPerSend;
  const firstChunk = await nextChunk(trx, batch.id);
  const key = { provider: batch.channel, batchId: batch.id };
  const recipients = await beginNextSendAttempt(trx, key, from, { firstChunk, chunkSize });
  await planChunks(trx, batch.id, recipients, chunkSize, firstChunk);
  return recipients;
}
