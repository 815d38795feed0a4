import type { BatchSummary } from '../../../batches/batch';

/** A batch, and where Slack shows it. Both null for a batch that has no place in Slack. */
export interface ShownBatch extends BatchSummary {
  channelId: string | null;
  messageTs: string | null;
}
