import type { Words } from '../../../words/en';
import { actions, button, confirmation, type SlackMessage, section } from '../block-kit';
import { ACTIONS, BLOCKS } from '../ids';

/**
 * Recipients were not sent to again, since nobody can say whether they got the text. `value`: of the button that was pressed;
 * `what`: how many, and why.
 */
export function heldBackReply(
  words: Words,
  value: string,
  whom: 'failed' | 'uncertain',
  what: string,
): SlackMessage {
  const { replies, alerts } = words;
  const action = whom === 'failed' ? ACTIONS.retryAnyway : ACTIONS.resendAnyway;
  const confirm = confirmation(alerts.resendConfirm, replies.heldBackNext);
  return {
    text: `${what} ${replies.heldBackNext}`,
    blocks: [
      section(what),
      section(replies.heldBackNext),
      actions(BLOCKS.heldBackActions, [
        button(replies.sendAnyway, action, { value, style: 'danger', confirm }),
      ]),
    ],
  };
}
