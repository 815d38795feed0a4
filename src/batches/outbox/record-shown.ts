import type { Heart } from '../app-context';
import { type Attention, noteAttentionTold } from '../store/alerts';
import { deletePosting } from './pending-posts.sql';
import { noteMessageShown, noteNotified, noteReviewShown } from './shown.sql';

/**
 * What people have been shown of a batch: the one thing of it that only Slack's side changes. Each record ends
 * the posting of its message in the same transaction.
 */

/** The message stands there now (`slackMessageTs` null: nowhere), and shows this version. */
export async function recordMessageShown(
  heart: Heart,
  shown: Parameters<typeof noteMessageShown>[1],
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await noteMessageShown(trx, shown);
    await deletePosting(trx, { batchId: shown.batchId, kind: 'report' });
  });
}

/** The review stands in a direct message. */
export async function recordReviewShown(
  heart: Heart,
  shown: Parameters<typeof noteReviewShown>[1],
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await noteReviewShown(trx, shown);
    await deletePosting(trx, { batchId: shown.batchId, kind: 'review' });
  });
}

/** The channel was told that the batch is complete. */
export async function recordNotified(heart: Heart, batchId: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await noteNotified(trx, batchId);
    await deletePosting(trx, { batchId, kind: 'completion' });
  });
}

/** The channel was told of this matter; a newer one stays untold, and its posting open. */
export async function recordAttentionTold(
  heart: Heart,
  told: { batchId: string; attention: Attention },
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    const isStillSo = await noteAttentionTold(trx, told.batchId, told.attention);
    if (isStillSo) await deletePosting(trx, { batchId: told.batchId, kind: 'attention' });
  });
}
