import type { AppContext } from '../app-context';
import { type Alert, markAlertPosted } from '../store/alerts';
import { deletePendingPost } from './pending-posts.sql';
import { noteCompletionPosted, noteReviewShown, noteStatusMessageShown } from './record-shown.sql';

/**
 * What Slack shows of a batch: the only columns of a batch that Slack's side changes. Each record deletes the
 * pending post in the same transaction.
 */

/** The status message is in Slack (`slackMessageTs` null: nowhere) and shows this version. */
export async function recordStatusMessageShown(
  app: AppContext,
  shown: Parameters<typeof noteStatusMessageShown>[1],
): Promise<void> {
  await app.db.transaction(async (trx) => {
    await noteStatusMessageShown(trx, shown);
    await deletePendingPost(trx, { batchId: shown.batchId, kind: 'report' });
  });
}

/** The review is in a direct message. */
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
export async function recordCompletionPosted(app: AppContext, batchId: string): Promise<void> {
  await app.db.transaction(async (trx) => {
    await noteCompletionPosted(trx, batchId);
    await deletePendingPost(trx, { batchId, kind: 'completion' });
  });
}

/** This alert was posted to the channel. A newer one is still to be posted, and keeps its pending post. */
export async function recordAlertPosted(
  app: AppContext,
  posted: { batchId: string; alert: Alert },
): Promise<void> {
  await app.db.transaction(async (trx) => {
    const isLatest = await markAlertPosted(trx, posted.batchId, posted.alert);
    if (isLatest) await deletePendingPost(trx, { batchId: posted.batchId, kind: 'attention' });
  });
}
