import type { Heart } from './heart';
import type { Attention } from './store/batches';
import { deletePosting } from './store/postings';

/**
 * What people have been shown of a batch: the one thing of it that only Slack's side changes. Each record ends
 * the posting of its message in the same transaction.
 */

/** The message stands there now (`slackMessageTs` null: nowhere), and shows this version. */
export async function recordMessageShown(
  heart: Heart,
  shown: {
    batchId: string;
    slackChannelId: string;
    slackMessageTs: string | null;
    version: number;
    renderHash: string;
  },
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await trx('sms_batch').where({ id: shown.batchId }).update({
      slack_channel_id: shown.slackChannelId,
      slack_message_ts: shown.slackMessageTs,
      shown_version: shown.version,
      shown_hash: shown.renderHash,
    });
    await deletePosting(trx, { batchId: shown.batchId, kind: 'report' });
  });
}

/** The review stands in a direct message. */
export async function recordReviewShown(
  heart: Heart,
  shown: { batchId: string; channelId: string; ts: string },
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await trx('sms_batch')
      .where({ id: shown.batchId })
      .update({ review_channel_id: shown.channelId, review_message_ts: shown.ts });
    await deletePosting(trx, { batchId: shown.batchId, kind: 'review' });
  });
}

/** The channel was told that the batch is complete. */
export async function recordNotified(heart: Heart, batchId: string): Promise<void> {
  await heart.db.transaction(async (trx) => {
    await trx('sms_batch').where({ id: batchId, notified_at: null }).update({ notified_at: trx.fn.now() });
    await deletePosting(trx, { batchId, kind: 'completion' });
  });
}

/** The channel was told. Guarded by what it was told of: a newer matter stays untold. */
export async function recordAttentionTold(
  heart: Heart,
  told: { batchId: string; attention: Attention },
): Promise<void> {
  await heart.db.transaction(async (trx) => {
    const isStillSo = await trx('sms_batch')
      .where({ id: told.batchId, attention: told.attention })
      .update({ attention_told_at: trx.fn.now() });
    if (isStillSo) await deletePosting(trx, { batchId: told.batchId, kind: 'attention' });
  });
}
