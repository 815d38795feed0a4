import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import { advanceBatch } from '../advance-batch';
import { type AppContext, providerOf } from '../app-context';
import { enqueueLane } from '../enqueue-jobs';
import { deletePendingPost } from '../outbox/pending-posts.sql';
import { noteUncertainLeft } from '../store/alerts';
import { writeAudit } from '../store/audit';
import { type BatchRow, findBatch, lockBatch } from '../store/batches';
import { addToCounts, moveBatch } from '../store/move-batch';
import { nextChunk, planChunks } from '../store/submissions';
import { beginNextSendAttempt } from './next-send-attempt.sql';

export type AgainOutcome =
  | { kind: 'started'; recipients: number }
  | { kind: 'nobody' }
  | { kind: 'not_found' };

interface Call {
  tenantId: string;
  userId: string;
  batchId: string;
  /** The round in which the person was asked; left out: whichever it is. */
  round?: number;
}

/** Definite failures only, as a new attempt at the same recipients; how the former one ended is kept. */
export async function retryFailed(app: AppContext, call: Call): Promise<AgainOutcome> {
  return sendAgain(app, call, 'failed', 'batch.retry_failed');
}

/** A person accepts that some may get the text twice: who stays uncertain is submitted again. */
export async function resendUncertain(app: AppContext, call: Call): Promise<AgainOutcome> {
  return sendAgain(app, call, 'unknown', 'batch.resend_uncertain');
}

/** A person accepts that nobody will know: the batch may complete with them as unknown. */
export async function leaveUncertain(app: AppContext, call: Call): Promise<boolean> {
  if (!(await findBatch(app.db, call.batchId, call.tenantId))) return false;
  return app.db.transaction(async (trx) => {
    if (!(await noteUncertainLeft(trx, call.batchId, call.round))) return false;
    await writeAudit(trx, { ...call, action: 'batch.leave_uncertain', detail: {} });
    await advanceBatch(app, trx, call.batchId);
    return true;
  });
}

/**
 * Compare and set under the batch's lock: pressed twice, the second finds nobody left to send to; or, if some have
 * failed again meanwhile, a round that is not the one the person saw.
 */
async function sendAgain(
  app: AppContext,
  call: Call,
  from: 'failed' | 'unknown',
  action: string,
): Promise<AgainOutcome> {
  if (!(await findBatch(app.db, call.batchId, call.tenantId))) return { kind: 'not_found' };
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, call.batchId);
    if (!['submitted', 'completed'].includes(batch.status)) return { kind: 'nobody' };
    if (call.round !== undefined && call.round !== batch.round) return { kind: 'nobody' };
    const recipients = await planAgain(app, trx, batch, from);
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
    await writeAudit(trx, { ...call, action, detail: { recipients } });
    await enqueueLane(trx, batch.id, 0);
    await advanceBatch(app, trx, batch.id);
    return { kind: 'started', recipients };
  });
}

async function planAgain(
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
