import { discardDraft } from '../../batches/start-batch';
import type { Message } from '../block-kit';
import type { Visit } from '../desk';
import { editMessage } from '../edit-message';
import type { Click } from '../listeners';
import { plainAnswer } from '../messages/answers';
import { readReviewKey } from '../messages/review-message';

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
