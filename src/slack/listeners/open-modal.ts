import type { ModalView, SlackMessage } from '../blocks/block-kit';
import { plainReply } from '../blocks/messages/replies';
import { slackFaultOf } from '../client/slack-fault';
import type { RequestContext } from './request';

/**
 * Opens a window with a trigger, which lives 3 s and once. Answers null, or what to tell the person. A
 * trigger that was used already is a repeated delivery: its window is open.
 */
export async function openModal(
  request: RequestContext,
  triggerId: string,
  view: ModalView,
): Promise<SlackMessage | null> {
  try {
    await request.slack.opener.views.open({ trigger_id: triggerId, view });
    return null;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    if (fault.kind === 'refused' && fault.error === 'exchanged_trigger_id') return null;
    if (fault.kind === 'refused' && fault.error !== 'expired_trigger_id') throw error;
    request.slack.log.warn({ err: error }, 'a window could not be opened in time');
    return plainReply(request.words.errors.tooLateToOpen);
  }
}
