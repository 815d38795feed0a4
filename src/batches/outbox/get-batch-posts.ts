import type { AppContext } from '../app-context';
import type { Alert } from '../store/alerts';
import { findBatch } from '../store/batches';

/** Where people see a batch, and what they were last shown there. */
export interface BatchPosts {
  tenantId: string;
  /** Of the batch as it is now. */
  version: number;
  slackChannelId: string;
  slackMessageTs: string | null;
  shownHash: string | null;
  /** The compose modal, while it is open. */
  slackViewId: string | null;
  reviewChannelId: string | null;
  reviewMessageTs: string | null;
  notifiedAt: Date | null;
  /** What the channel must be told, and when it was. */
  attention: Alert | null;
  attentionToldAt: Date | null;
}

/** For the bot itself, which knows the batch from a job: of whichever workspace. Null where there is none. */
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
    attention: batch.attention,
    attentionToldAt: batch.attention_told_at,
  };
}
