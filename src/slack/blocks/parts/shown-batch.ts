import type { BatchSummary, SeenBatch } from '../../../batches/batch';

/** Where Slack shows a batch. Null for a batch that has no place in Slack. */
export interface SlackLocation {
  channelId: string | null;
  messageTs: string | null;
  /** The status message follows one that Slack no longer lets the bot change. */
  followsEarlier: boolean;
}

/** A batch, and where Slack shows it. */
export type ShownBatch = BatchSummary & SlackLocation;

/** The same, as somebody sees it who may know something of it. */
export type SeenShownBatch = SeenBatch & SlackLocation;
