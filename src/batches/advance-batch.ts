import type { Knex } from 'knex';
import type { Heart } from './app-context';
import { wakeAnnouncement, wakeMessage } from './enqueue-jobs';
import { moveToCompletedIfAllFinal, moveToSubmittedIfAllSettled } from './store/move-batch';

/**
 * Called after anything moved in a batch, in the same transaction: submitted when no chunk is left,
 * completed when everybody is accounted for, and its message brought up to date either way.
 * `settled`: no request of it is open or waiting any more.
 */
export async function advanceBatch(
  heart: Heart,
  trx: Knex.Transaction,
  batchId: string,
): Promise<{ settled: boolean }> {
  const settled = await moveToSubmittedIfAllSettled(trx, batchId);
  const completed = await moveToCompletedIfAllFinal(trx, batchId);
  if (completed) await wakeAnnouncement(trx, batchId);
  await wakeMessage(trx, batchId, completed ? 0 : heart.settings.messageRefreshMs);
  return { settled };
}
