import type { Heart } from './heart';

/** What people have been shown of a batch: the one thing of it that only Slack's side changes. */

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
  await heart.db('sms_batch').where({ id: shown.batchId }).update({
    slack_channel_id: shown.slackChannelId,
    slack_message_ts: shown.slackMessageTs,
    shown_version: shown.version,
    shown_hash: shown.renderHash,
  });
}

export async function recordReviewShown(
  heart: Heart,
  shown: { batchId: string; channelId: string; ts: string },
): Promise<void> {
  await heart
    .db('sms_batch')
    .where({ id: shown.batchId })
    .update({ review_channel_id: shown.channelId, review_message_ts: shown.ts });
}

export async function recordNotified(heart: Heart, batchId: string): Promise<void> {
  await heart
    .db('sms_batch')
    .where({ id: batchId, notified_at: null })
    .update({ notified_at: heart.db.fn.now() });
}
