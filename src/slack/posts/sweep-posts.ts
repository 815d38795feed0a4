import type { AppContext } from '../../batches/app-context';
import { enqueueAlert, enqueueAnnouncement, enqueueStatusMessage } from '../../batches/enqueue-jobs';
import { deleteOldDeliveries } from '../store/deliveries.sql';
import { listStaleBatches } from '../store/stale-batches.sql';

/** Finds what Slack should show and does not, and enqueues the jobs that show it. Forgets what was delivered long ago. */
export async function sweepPosts({ db, settings }: AppContext): Promise<void> {
  for (const batch of await listStaleBatches(db)) {
    const { batchId } = batch;
    if (batch.isStatusStale) await enqueueStatusMessage(db, batchId, settings.messageRefreshMs);
    if (batch.isCompletionUntold) await enqueueAnnouncement(db, batchId);
    if (batch.isAlertUntold) await enqueueAlert(db, batchId);
  }
  await deleteOldDeliveries(db);
}
