import { discardDraft } from '../../../batches/control/discard-draft';
import type { SlackMessage } from '../../blocks/block-kit';
import { plainReply } from '../../blocks/messages/replies';
import { readReviewKey } from '../../blocks/messages/review-message';
import type { Click } from '../bolt-listeners';
import { replaceClicked } from '../replace-clicked';
import type { RequestContext } from '../request-context';

/** *Discard* in the direct message. The message is replaced by what has happened. */
export async function discardReview(request: RequestContext, click: Click): Promise<SlackMessage | null> {
  const { slack, actor, words } = request;
  const { batchId } = readReviewKey(click.value);
  const { kind } = await discardDraft(slack.app, actor, batchId);
  const { discarded, alreadyStarted, gone } = words.review;
  const what = { discarded, already_started: alreadyStarted, not_found: gone };
  return replaceClicked(request, click, plainReply(what[kind]));
}
