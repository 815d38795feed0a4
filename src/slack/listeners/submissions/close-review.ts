import type { ViewOutput } from '@slack/bolt';
import { discardDraft } from '../../../batches/control/discard-draft';
import { readReviewKey } from '../../blocks/messages/review-message';
import type { RequestContext } from '../request-context';

/**
 * *Discard* in the modal closes it. Discards the draft; a batch that was started meanwhile is not touched.
 */
export async function closeReview({ slack, actor }: RequestContext, view: ViewOutput): Promise<void> {
  const { batchId } = readReviewKey(view.private_metadata);
  await discardDraft(slack.app, actor, batchId);
}
