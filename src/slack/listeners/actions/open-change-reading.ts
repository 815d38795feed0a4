import { getReview } from '../../../batches/views/get-review';
import type { SlackMessage } from '../../blocks/block-kit';
import { readSourceValue } from '../../blocks/ids';
import { plainReply } from '../../blocks/messages/replies';
import { changeReadingModal } from '../../blocks/modals/reading-choices';
import type { Click } from '../bolt-listeners';
import { openModal } from '../open-modal';
import type { RequestContext } from '../request-context';

/** *Change* in a review: opens the window for one source, on top of the review where that is a modal. */
export async function openChangeReading(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const key = readSourceValue(click.value);
  const review = await getReview(slack.app, actor, key.batchId);
  if (!review || review.status === 'cancelled') return plainReply(words.review.gone);
  if (review.status !== 'ready' && review.status !== 'importing') {
    return plainReply(words.review.alreadyStarted);
  }
  const source = review.sources.find((one) => one.source === key.source);
  const reading = source?.reading;
  if (review.status === 'importing' || !source || !reading) return plainReply(words.list.notNow);
  const view = changeReadingModal(words, key, { ...source, reading });
  return openModal(request, click.triggerId, view, click.viewId === null ? 'open' : 'push');
}
