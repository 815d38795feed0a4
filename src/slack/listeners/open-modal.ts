import type { ModalView, SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { slackFaultOf } from '../client/slack-fault';
import type { RequestContext } from './request-context';

/**
 * Opens a modal with a trigger, which is valid once and for 3 s; `push` puts it on top of the modal that has the button.
 * Returns null, or the reply for the person if it was too late. A trigger that was used already belongs to a repeated delivery: its modal is open.
 */
export async function openModal(
  request: RequestContext,
  triggerId: string,
  view: ModalView,
  how: 'open' | 'push' = 'open',
): Promise<SlackMessage | null> {
  try {
    await request.slack.opener.views[how]({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    if (fault.kind === 'refused' && fault.error === 'exchanged_trigger_id') return null;
    if (fault.kind === 'refused' && fault.error !== 'expired_trigger_id') throw error;
    request.slack.log.warn({ err: error }, 'a modal could not be opened in time');
    return plainReply(request.words.errors.tooLateToOpen);
  }
}
