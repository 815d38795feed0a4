import type { Knex } from 'knex';
import type { BatchStatus } from '../../batches/states';
import { isBatchId } from '../../batches/store/batches';
import { alertKey, completionKey, deleteFromOutbox, keysUpTo, reviewKey, statusKey } from './outbox.sql';

/** What Slack shows of batches: `slack_batch`, one row for each batch that has a place in Slack. */

/** Where Slack shows a batch, and what it shows there. */
export interface SlackBatch {
  batchId: string;
  channelId: string;
  messageTs: string | null;
  shownVersion: number;
  shownHash: string | null;
  /** The batch's status when a status message followed one that cannot be changed. Null: none has. */
  followedAtStatus: BatchStatus | null;
  /** The modal that shows the draft, while it is open. */
  viewId: string | null;
  reviewChannelId: string | null;
  reviewMessageTs: string | null;
  /** The round whose completion was announced. */
  announcedRound: number | null;
  /** The number of the latest alert that was posted. */
  postedAlert: number;
}

/** The modal of a draft, and the channel that its status message will go to. Call it in the transaction of the draft. */
export async function insertSlackBatch(
  trx: Knex,
  place: { batchId: string; channelId: string; viewId: string | null },
): Promise<void> {
  await trx('slack_batch')
    .insert({ batch_id: place.batchId, channel_id: place.channelId, view_id: place.viewId })
    .onConflict('batch_id')
    .ignore();
}

/** For the bot itself, which knows the batch from a job: any workspace's. Null where it has no place in Slack. */
export async function findSlackBatch(db: Knex, batchId: string): Promise<SlackBatch | null> {
  if (!isBatchId(batchId)) return null;
  const row = await selectSlackBatches(db).where('batch_id', batchId).first();
  return row ?? null;
}

/** Those of these batches that have a place in Slack, by id. */
export async function listSlackBatches(db: Knex, batchIds: string[]): Promise<Map<string, SlackBatch>> {
  const rows: SlackBatch[] = await selectSlackBatches(db).whereIn('batch_id', batchIds);
  return new Map(rows.map((row) => [row.batchId, row]));
}

function selectSlackBatches(db: Knex): Knex.QueryBuilder {
  return db('slack_batch').select({
    batchId: 'batch_id',
    channelId: 'channel_id',
    messageTs: 'message_ts',
    shownVersion: 'shown_version',
    shownHash: 'shown_hash',
    followedAtStatus: 'followed_at_status',
    viewId: 'view_id',
    reviewChannelId: 'review_channel_id',
    reviewMessageTs: 'review_message_ts',
    announcedRound: 'announced_round',
    postedAlert: 'posted_alert',
  });
}

/** The status message is in Slack (`messageTs` null: nowhere) and shows this version. */
export async function recordStatusMessageShown(
  db: Knex,
  shown: {
    batchId: string;
    channelId: string;
    messageTs: string | null;
    version: number;
    renderHash: string;
  },
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('slack_batch').where({ batch_id: shown.batchId }).update({
      channel_id: shown.channelId,
      message_ts: shown.messageTs,
      shown_version: shown.version,
      shown_hash: shown.renderHash,
    });
    await deleteFromOutbox(trx, statusKey(shown.batchId));
  });
}

/**
 * The status message at this `messageTs` stays as it is; another will follow it. A later one, which another process may
 * have posted meanwhile, is kept.
 */
export async function forgetStatusMessage(
  db: Knex,
  { batchId, messageTs, status }: { batchId: string; messageTs: string; status: BatchStatus },
): Promise<void> {
  await db('slack_batch')
    .where({ batch_id: batchId, message_ts: messageTs })
    .update({ message_ts: null, shown_hash: null, followed_at_status: status });
}

/** The same of the review in a direct message. */
export async function forgetReview(
  db: Knex,
  { batchId, ts }: { batchId: string; ts: string },
): Promise<void> {
  await db('slack_batch')
    .where({ batch_id: batchId, review_message_ts: ts })
    .update({ review_channel_id: null, review_message_ts: null });
}

/** The review goes on in this modal, and no more in a direct message. */
export async function moveReviewToModal(
  db: Knex,
  { batchId, viewId }: { batchId: string; viewId: string },
): Promise<void> {
  await db('slack_batch')
    .where({ batch_id: batchId })
    .update({ view_id: viewId, review_channel_id: null, review_message_ts: null });
}

/** The review is in a direct message, which is edited from now on. */
export async function recordReviewShown(
  db: Knex,
  shown: { batchId: string; channelId: string; ts: string },
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('slack_batch')
      .where({ batch_id: shown.batchId })
      .update({ review_channel_id: shown.channelId, review_message_ts: shown.ts });
    await deleteFromOutbox(trx, reviewKey(shown.batchId));
  });
}

/** People were told that this round of the batch is complete. */
export async function recordCompletionPosted(db: Knex, batchId: string, round: number): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('slack_batch').where({ batch_id: batchId }).update({ announced_round: round });
    await deleteFromOutbox(trx, ...keysUpTo(round, (one) => completionKey(batchId, one)));
  });
}

/** This alert was posted. A newer one is still to be posted. */
export async function recordAlertPosted(db: Knex, batchId: string, alertNumber: number): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('slack_batch')
      .where({ batch_id: batchId })
      .update({ posted_alert: trx.raw('greatest(posted_alert, ?)', [alertNumber]) });
    await deleteFromOutbox(trx, ...keysUpTo(alertNumber, (one) => alertKey(batchId, one)));
  });
}
