import { plainReply } from '../blocks/messages/replies';
import { editMessage } from '../client/edit-message';
import { slackFaultOf } from '../client/slack-fault';
import type { SlackBatch } from '../store/slack-batches.sql';
import type { RequestContext } from './request-context';

/**
 * Says in the direct message with a review, where there is one, what has become of the draft. Where Slack does not do so, its
 * buttons say it to whoever presses them.
 */
export async function replaceReview(
  { slack }: RequestContext,
  review: Pick<SlackBatch, 'reviewChannelId' | 'reviewMessageTs'>,
  text: string,
): Promise<void> {
  const { reviewChannelId: channelId, reviewMessageTs: ts } = review;
  if (!channelId || !ts) return;
  try {
    await editMessage(slack, { channelId, ts }, plainReply(text));
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    slack.log.warn({ err: error }, 'the review of a draft could not be replaced');
  }
}
