import type { Knex } from 'knex';
import type { AppContext } from './app-context';
import { enqueueAnnouncement, enqueueStatusMessage } from './enqueue-jobs';
import { moveToCompletedIfAllFinal, moveToSubmittedIfAllSettled } from './store/move-batch';

/**
 * Called after anything moved in a batch, in the same transaction: submitted when no chunk is left,
 * completed when everybody is accounted for, and its message brought up to date either way.
 * `settled`: no request of it is open or waiting any more.
 */
export async function advanceBatch(
  app: AppContext,
  trx: Knex.Transaction,
  batchId: string,
): Promise<{ settled: boolean }> {
  const settled = await moveToSubmittedIfAllSettled(trx, batchId);
  const completed = await moveToCompletedIfAllFinal(trx, batchId);
  if (completed) await enqueueAnnouncement(trx, batchId);
  await enqueueStatusMessage(trx, batchId, completed ? 0 : app.settings.messageRefreshMs);
  return { settled };
}
