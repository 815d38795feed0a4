import type { Knex } from 'knex';

/** What people have been shown of a batch, and where it stands. */

/** The message stands there now (`slackMessageTs` null: nowhere), and shows this version. */
export async function noteMessageShown(
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

/** The review stands in a direct message, which is edited from now on. */
export async function noteReviewShown(
  trx: Knex.Transaction,
  shown: { batchId: string; channelId: string; ts: string },
): Promise<void> {
  await trx('sms_batch')
    .where({ id: shown.batchId })
    .update({ review_channel_id: shown.channelId, review_message_ts: shown.ts });
}

/** The channel was told that the batch is complete; the first time stands. */
export async function noteNotified(trx: Knex.Transaction, batchId: string): Promise<void> {
  await trx('sms_batch').where({ id: batchId, notified_at: null }).update({ notified_at: trx.fn.now() });
}
