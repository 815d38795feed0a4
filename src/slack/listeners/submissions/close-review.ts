import type { ViewOutput } from '@slack/bolt';
import { discardDraft } from '../../../batches/control/start-batch';
import { readReviewKey } from '../../blocks/messages/review-message';
import type { Visit } from '../request';

/** The review was closed by its *Discard* button. A batch that was started meanwhile is not touched. */
export async function closeReview({ post, tenantId, person }: Visit, view: ViewOutput): Promise<void> {
  const { batchId } = readReviewKey(view.private_metadata);
  await discardDraft(post.heart, { tenantId, userId: person.id, batchId });
}
