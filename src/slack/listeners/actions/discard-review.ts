import { discardDraft } from '../../../batches/control/start-batch';
import type { Message } from '../../blocks/block-kit';
import { plainAnswer } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import { editMessage } from '../../client/edit-message';
import type { Click } from '../bolt-listeners';
import type { Visit } from '../request';

/** *Discard*, pressed in the direct message; the message then says what became of it. */
export async function discardReview(visit: Visit, click: Click): Promise<Message | null> {
  const { post, tenantId, person, words } = visit;
  const { batchId } = readReviewKey(click.value);
  const discarded = await discardDraft(post.heart, { tenantId, userId: person.id, batchId });
  await editMessage(
    visit,
    click,
    plainAnswer(discarded ? words.review.discarded : words.review.alreadyStarted),
  );
  return null;
}
