import { discardDraft } from '../../../batches/control/discard-draft';
import type { SlackMessage } from '../../blocks/block-kit';
import { findSlackBatch } from '../../store/slack-batches.sql';
import type { Click } from '../bolt-listeners';
import { composeOrAsk } from '../open-compose';
import { replaceReview } from '../replace-review';
import type { RequestContext } from '../request-context';

/**
 * *Discard it and start new*, confirmed: the question becomes the form. A draft that was sent meanwhile stays as it is, and is
 * not in the way any more.
 */
export async function replaceDraft(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const { value: batchId, viewId } = click;
  if (!viewId) return null;
  const { kind } = await discardDraft(slack.app, actor, batchId);
  const former = kind === 'not_found' ? null : await findSlackBatch(slack.app.db, batchId);
  if (former && kind === 'discarded') await replaceReview(request, former, words.review.discarded);
  // An update knows no channel in which it was opened: the one of the former draft is chosen.
  const view = await composeOrAsk(request, former?.channelId);
  await slack.opener.views.update({ view_id: viewId, view });
  return null;
}
