import type { Knex } from 'knex';
import type { AppContext } from './app-context';
import { enqueueAnnouncement, enqueueStatusMessage } from './enqueue-jobs';
import { moveToCompletedIfAllFinal, moveToSubmittedIfAllSettled } from './store/move-batch';

/**
 * Call after every change in a batch, in the same transaction. The batch becomes submitted when no chunk is
 * left, and completed when every recipient has a final outcome; its status message is refreshed in any case.
 * `settled`: this call made it submitted, so none of its requests is open or waiting.
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
