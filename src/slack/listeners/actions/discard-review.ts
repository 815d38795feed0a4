import { discardDraft } from '../../../batches/control/discard-draft';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import { editMessage } from '../../client/edit-message';
import type { Click } from '../bolt-listeners';
import type { RequestContext } from '../request-context';

/** *Discard* in the direct message. The message is replaced by what has happened. */
export async function discardReview(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, tenantId, person, words } = request;
  const { batchId } = readReviewKey(click.value);
  const discarded = await discardDraft(slack.app, { tenantId, userId: person.id, batchId });
  const outcome = plainReply(discarded ? words.review.discarded : words.review.alreadyStarted);
  if (click.message) await editMessage(slack, click.message, outcome);
  return null;
}
