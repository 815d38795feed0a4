import { getReview } from '../../../batches/views/get-review';
import { takeSlot } from '../../../db/rate-limit';
import type { SlackMessage } from '../../blocks/block-kit';
import { readSourceValue } from '../../blocks/ids';
import { plainReply } from '../../blocks/messages/replies';
import { noticeModal } from '../../blocks/modals/notice';
import { changeReadingModal } from '../../blocks/modals/reading-choices';
import { showReviewNow } from '../../posts/show-review';
import type { Click } from '../bolt-listeners';
import { openModal } from '../open-modal';
import type { RequestContext } from '../request-context';
import { whyNoReview } from '../why-no-review';

/** A double click has two triggers: only the first opens a window. */
const DOUBLE_CLICK_MS = 1_000;

/** *Change* in a review: opens the window for one source, on top of the review where that is a modal. */
export async function openChangeReading(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const { batchId, source } = readSourceValue(click.value);
  const review = await getReview(slack.app, actor, batchId);
  const why = review ? await whyNoReview(request, batchId) : words.review.gone;
  if (!review || why !== null) return tell(request, click, why ?? words.review.gone);
  const chosen = review.sources.find((one) => one.source === source);
  const reading = chosen?.reading;
  if (review.status !== 'ready' || !reading) {
    await showReviewNow(slack, batchId);
    return tell(request, click, words.list.notNow);
  }
  const slot = await takeSlot(slack.app.db, `slack-change:${batchId}:${source}`, DOUBLE_CLICK_MS);
  if (!slot.taken) return null;
  const key = { batchId, source, version: review.version };
  const view = changeReadingModal(words, key, { ...chosen, reading });
  return openModal(request, click.triggerId, view, click.viewId === null ? 'open' : 'push');
}

/** A text for the person alone. In the modal it lies on top of the review: opened anew, it would take its place. */
async function tell(request: RequestContext, click: Click, text: string): Promise<SlackMessage | null> {
  const { words } = request;
  if (click.viewId === null) return plainReply(text);
  return openModal(request, click.triggerId, noticeModal(words, words.list.changeTitle, text), 'push');
}
