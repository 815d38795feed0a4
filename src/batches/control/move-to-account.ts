import { transact } from '../../db/transact';
import { FAILURE_CLASSES } from '../../providers/failure-codes';
import type { Actor } from '../../tenants/actor';
import { advanceBatch } from '../advance-batch';
import type { AppContext } from '../app-context';
import { chunkSizeOf, longestTextOf } from '../importing/choose-accounts';
import { openFirstLanes } from '../sending/open-lanes';
import { writeAudit } from '../store/audit';
import { addBatchAccounts, findAccountOf, listBatchAccounts } from '../store/batch-accounts';
import { lockBatch } from '../store/batches';
import { findForAct, findForActNow } from '../store/find-for-act';
import { addToCounts, moveToNextRound } from '../store/move-batch';
import { lockWaiting, nextChunk, planChunks, splitIntoChunks } from '../store/submissions';
import { takeLastLook } from './last-look';
import { dropEmptyChunks, moveRecipientsToAccount } from './move-recipients-to-account.sql';
import { auditOf, type Looked, sumUp } from './send-again';

type MoveOutcome =
  | ({ kind: 'moved'; recipients: number } & Looked)
  /** Nobody has certainly got nothing, or the batch sends: pause it first. */
  | { kind: 'nobody' }
  /** The account's provider does not take a text of this length. */
  | { kind: 'text_too_long' }
  | { kind: 'not_found' };

/**
 * Sends through another account of the workspace to those who have got nothing: who waits, and who failed and, by a last
 * look at them, has not got the text after all. Who is uncertain stays where they are. One transaction: nobody is ever at
 * two accounts, or at none. No door offers it yet.
 */
export async function moveToAccount(
  app: AppContext,
  actor: Actor,
  move: { batchId: string; from: string; to: string },
): Promise<MoveOutcome> {
  const { batchId } = move;
  const seen = await findForAct(app.db, actor, 'control', batchId);
  if (!seen) return { kind: 'not_found' };
  const looks = await takeLastLook(app, seen, { from: 'failed', classes: FAILURE_CLASSES }, [move.from]);
  return transact(app.db, async (trx) => {
    const batch = await lockBatch(trx, batchId);
    await findForActNow(trx, actor, 'control', batchId);
    const from = (await listBatchAccounts(trx, batchId)).find(({ id }) => id === move.from);
    const to = await findAccountOf(trx, actor.tenantId, move.to);
    if (!from || !to || from.id === to.id) return { kind: 'not_found' };
    const isMovable =
      batch.status === 'paused' ? !batch.cancelled_at : ['submitted', 'completed'].includes(batch.status);
    // Another person may have begun the next round during the look.
    if (!isMovable || batch.round !== seen.round) return { kind: 'nobody' };
    if (batch.content.length > longestTextOf(app, [to.provider])) return { kind: 'text_too_long' };
    // A claim that began before the pause may still be open: its texts are sent from there.
    await lockWaiting(trx, batchId, from.id);
    const chunkSize = chunkSizeOf(app, to);
    const moved = { pending: 0, failed: 0 };
    for (const status of ['pending', 'failed'] as const) {
      const firstChunk = await nextChunk(trx, batchId);
      const key = { provider: from.provider, batchId, accountId: from.id };
      const ids = status === 'failed' ? looks.flatMap(({ cleared }) => cleared) : null;
      const into = { firstChunk, chunkSize };
      moved[status] = await moveRecipientsToAccount(trx, key, to.provider, status, ids, into);
      await planChunks(trx, batchId, splitIntoChunks(moved[status], to.id, firstChunk, chunkSize));
      await dropEmptyChunks(trx, key);
    }
    const recipients = moved.pending + moved.failed;
    if (recipients === 0) return { kind: 'nobody' };
    await addBatchAccounts(trx, batchId, [to.id]);
    // A paused batch goes on when a person resumes it.
    if (batch.status !== 'paused') {
      await moveToNextRound(trx, batch);
      await openFirstLanes(trx, batchId);
    }
    await addToCounts(trx, batchId, { failed: -moved.failed });
    const detail = { recipients, ...auditOf(looks), from: from.id, to: to.id };
    await writeAudit(trx, actor, { batchId, action: 'batch.move_to_account', detail });
    await advanceBatch(app, trx, batchId);
    return { kind: 'moved', recipients, ...sumUp(looks) };
  });
}
