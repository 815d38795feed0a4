import type { AppContext } from '../app-context';
import type { Alert } from '../store/alerts';
import { findBatch } from '../store/batches';

/** Where Slack shows a batch, and what it shows there. */
export interface BatchPosts {
  tenantId: string;
  /** The current version of the batch. */
  version: number;
  slackChannelId: string;
  slackMessageTs: string | null;
  shownHash: string | null;
  /** The compose modal, while it is open. */
  slackViewId: string | null;
  reviewChannelId: string | null;
  reviewMessageTs: string | null;
  notifiedAt: Date | null;
  /** The latest alert, and when it was posted to the channel. */
  alert: Alert | null;
  alertPostedAt: Date | null;
}

/** For the bot itself, which knows the batch from a job: any workspace's. Null where there is no such batch. */
export async function getBatchPosts(app: AppContext, batchId: string): Promise<BatchPosts | null> {
  const batch = await findBatch(app.db, batchId);
  if (!batch) return null;
  return {
    tenantId: batch.tenant_id,
    version: batch.version,
    slackChannelId: batch.slack_channel_id,
    slackMessageTs: batch.slack_message_ts,
    shownHash: batch.shown_hash,
    slackViewId: batch.slack_view_id,
    reviewChannelId: batch.review_channel_id,
    reviewMessageTs: batch.review_message_ts,
    notifiedAt: batch.notified_at,
    alert: batch.attention,
    alertPostedAt: batch.attention_told_at,
  };
}
