import type { BatchSummary } from '../../../batches/batch';

/** A batch, and where Slack shows it. Null for a batch that has no place in Slack. */
export interface ShownBatch extends BatchSummary {
  channelId: string | null;
  messageTs: string | null;
  /** The status message follows one that Slack no longer lets the bot change. */
  followsEarlier: boolean;
}
