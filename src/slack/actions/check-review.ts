import type { Message } from '../block-kit';
import { refusal, type Visit } from '../desk';
import type { Click } from '../listeners';
import { showReview } from '../show-review';

/** *Check again*, after the bot was invited: the review is shown anew. */
export async function checkReview(visit: Visit, click: Click): Promise<Message | null> {
  const refused = refusal(visit, 'send');
  if (refused) return refused;
  await showReview(visit.post, click.value);
  return null;
}
