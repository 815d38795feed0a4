import type { Knex } from 'knex';
import { transact } from '../../db/transact';
import { advanceBatch } from '../advance-batch';
import { channelOf, type Heart } from '../app-context';
import { wakeLane } from '../enqueue-jobs';
import { deletePosting } from '../outbox/pending-posts.sql';
import { noteUncertainLeft } from '../store/alerts';
import { writeAudit } from '../store/audit';
import { type BatchRow, findBatch, lockBatch } from '../store/batches';
import { addToCounts, moveBatch } from '../store/move-batch';
import { beginNextAttempt } from '../store/rechunk';
import { nextChunk, planChunks } from '../store/submissions';

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
export async function retryFailed(heart: Heart, call: Call): Promise<AgainOutcome> {
  return sendAgain(heart, call, 'failed', 'batch.retry_failed');
}

/** A person accepts that some may get the text twice: who stays uncertain is submitted again. */
export async function resendUncertain(heart: Heart, call: Call): Promise<AgainOutcome> {
  return sendAgain(heart, call, 'unknown', 'batch.resend_uncertain');
}

/** A person accepts that nobody will know: the batch may complete with them as unknown. */
export async function leaveUncertain(heart: Heart, call: Call): Promise<boolean> {
  if (!(await findBatch(heart.db, call.batchId, call.tenantId))) return false;
  return heart.db.transaction(async (trx) => {
    if (!(await noteUncertainLeft(trx, call.batchId, call.round))) return false;
    await writeAudit(trx, { ...call, action: 'batch.leave_uncertain', detail: {} });
    await advanceBatch(heart, trx, call.batchId);
    return true;
  });
}

/**
 * Compare and set under the batch's lock: pressed twice, the second finds nobody left to send to; or, if some have
 * failed again meanwhile, a round that is not the one the person saw.
 */
async function sendAgain(
  heart: Heart,
  call: Call,
  from: 'failed' | 'unknown',
  action: string,
): Promise<AgainOutcome> {
  if (!(await findBatch(heart.db, call.batchId, call.tenantId))) return { kind: 'not_found' };
  return transact(heart.db, async (trx) => {
    const batch = await lockBatch(trx, call.batchId);
    if (!['submitted', 'completed'].includes(batch.status)) return { kind: 'nobody' };
    if (call.round !== undefined && call.round !== batch.round) return { kind: 'nobody' };
    const recipients = await planAgain(heart, trx, batch, from);
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
    await deletePosting(trx, { batchId: batch.id, kind: 'completion' });
    await writeAudit(trx, { ...call, action, detail: { recipients } });
    await wakeLane(trx, batch.id, 0);
    await advanceBatch(heart, trx, batch.id);
    return { kind: 'started', recipients };
  });
}

async function planAgain(
  heart: Heart,
  trx: Knex.Transaction,
  batch: BatchRow,
  from: 'failed' | 'unknown',
): Promise<number> {
  const chunkSize = channelOf(heart, batch.channel).maxMessagesPerSend;
  const firstChunk = await nextChunk(trx, batch.id);
  const of = { channel: batch.channel, batchId: batch.id };
  const recipients = await beginNextAttempt(trx, of, from, { firstChunk, chunkSize });
  await planChunks(trx, batch.id, recipients, chunkSize, firstChunk);
  return recipients;
}
