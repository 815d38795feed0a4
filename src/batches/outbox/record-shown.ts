import type { AppContext } from '../app-context';
import { type Alert, markAlertPosted } from '../store/alerts';
import { deletePendingPost } from './pending-posts.sql';
import { noteMessageShown, noteNotified, noteReviewShown } from './shown.sql';

/**
 * What people have been shown of a batch: the one thing of it that only Slack's side changes. Each record ends
 * the posting of its message in the same transaction.
 */

/** The message stands there now (`slackMessageTs` null: nowhere), and shows this version. */
export async function recordMessageShown(
  app: AppContext,
  shown: Parameters<typeof noteMessageShown>[1],
): Promise<void> {
  await app.db.transaction(async (trx) => {
    await noteMessageShown(trx, shown);
    await deletePendingPost(trx, { batchId: shown.batchId, kind: 'report' });
  });
}

/** The review stands in a direct message. */
export async function recordReviewShown(
  app: AppContext,
  shown: Parameters<typeof noteReviewShown>[1],
): Promise<void> {
  await app.db.transaction(async (trx) => {
    await noteReviewShown(trx, shown);
    await deletePendingPost(trx, { batchId: shown.batchId, kind: 'review' });
  });
}

/** The channel was told that the batch is complete. */
export async function recordNotified(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    await noteNotified(trx, batchId);
    await deletePendingPost(trx, { batchId, kind: 'completion' });
  });
}

/** The channel was told of this matter; a newer one stays untold, and its posting open. */
export async function recordAlertPosted(
  app: AppContext,
  told: { batchId: string; attention: Alert },
): Promise<void> {
  await app.db.transaction(async (trx) => {
    const isStillSo = await markAlertPosted(trx, told.batchId, told.attention);
    if (isStillSo) await deletePendingPost(trx, { batchId: told.batchId, kind: 'attention' });
  });
}
