import type { Knex } from 'knex';

/** The columns of `sms_batch` that say what Slack shows of a batch, and where. */

/** The status message is in Slack (`slackMessageTs` null: nowhere) and shows this version. */
export async function noteStatusMessageShown(
  trx: Knex.Transaction,
  shown: {
    batchId: string;
    slackChannelId: string;
    slackMessageTs: string | null;
    version: number;
    renderHash: string;
  },
): Promise<void> {
  await trx('sms_batch').where({ id: shown.batchId }).update({
    slack_channel_id: shown.slackChannelId,
    slack_message_ts: shown.slackMessageTs,
    shown_version: shown.version,
    shown_hash: shown.renderHash,
  });
}

/** The review is in a direct message, which is edited from now on. */
export async function noteReviewShown(
  trx: Knex.Transaction,
  shown: { batchId: string; channelId: string; ts: string },
): Promise<void> {
  await trx('sms_batch')
    .where({ id: shown.batchId })
    .update({ review_channel_id: shown.channelId, review_message_ts: shown.ts });
}

/** The channel was told that the batch is complete. The first time is kept. */
export async function noteCompletionPosted(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_batch').where({ id: batchId, notified_at: null }).update({ notified_at: trx.fn.now() });
}
