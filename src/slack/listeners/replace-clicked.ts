import type { SlackMessage } from '../blocks/block-kit';
import { editMessage } from '../client/edit-message';
import { slackFaultOf } from '../client/slack-fault';
import type { Click } from './bolt-listeners';
import type { RequestContext } from './request-context';

/**
 * Replaces the message of the button by what has happened. Returns null; where Slack does not do so, the same as a reply
 * for the person alone, so that what was done does not look as if it had failed.
 */
export async function replaceClicked(
  { slack }: RequestContext,
  { message: clicked }: Click,
  outcome: SlackMessage,
): Promise<SlackMessage | null> {
  if (!clicked) return outcome;
  try {
    await editMessage(slack, clicked, outcome);
    return null;
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    slack.log.warn({ err: error }, 'a message with a button could not be replaced');
    return outcome;
  }
}
