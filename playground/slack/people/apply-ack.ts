import type { Delivery } from '../deliver/packet';
import { noteRefusedPayload, type SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import { checkView } from '../web-api/check-payload';
import { ApiRefusal } from '../web-api/refusal';
import type { SlackView } from '../workspace/shapes';
import { STACK_LIMIT } from '../workspace/view-store';
import { type ActResult, actResult } from './act-result';

interface ViewAnswer {
  response_action?: string;
  view?: unknown;
  errors?: Record<string, string>;
}

/** What the acknowledgement of a submission does to the person's views. */
export function applyAck(
  slack: SlackContext,
  person: PersonOptions,
  viewId: string,
  delivery: Delivery,
): ActResult {
  const view = slack.workspace.views.stack(person.id).find((open) => open.id === viewId);
  if (!delivery.acked || !view) return actResult(slack, person.id, delivery);
  const answer = (delivery.body ?? {}) as ViewAnswer;
  try {
    const errors = apply(slack, person, view, answer);
    return actResult(slack, person.id, delivery, { errors });
  } catch (error) {
    if (error instanceof ApiRefusal) return actResult(slack, person.id, delivery, { problem: error.code });
    throw error;
  }
}

/** Returns the errors to show under the fields. */
function apply(
  slack: SlackContext,
  person: PersonOptions,
  view: SlackView,
  answer: ViewAnswer,
): Record<string, string> {
  const { views } = slack.workspace;
  switch (answer.response_action) {
    case undefined:
      views.close(person.id, view);
      return {};
    case 'clear':
      for (const open of [...views.stack(person.id)].reverse()) views.close(person.id, open);
      return {};
    case 'update':
      views.update(person.id, view, checkView(slack, 'ack', answer.view));
      return {};
    case 'push':
      if (views.stack(person.id).length >= STACK_LIMIT) throw new ApiRefusal('push_limit_reached');
      views.push(person.id, checkView(slack, 'ack', answer.view));
      return {};
    case 'errors':
      return checkedErrors(slack, view, answer.errors ?? {});
    default:
      throw new ApiRefusal('invalid_ack');
  }
}

/** Slack shows errors only under input blocks; with any other key the person sees a general error. */
function checkedErrors(slack: SlackContext, view: SlackView, errors: Record<string, string>) {
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const unknownIds = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
  if (unknownIds.length > 0 || Object.keys(errors).length === 0) {
    const message = `errors must name input blocks of the view, not: ${unknownIds.join(', ') || 'nothing'}`;
    noteRefusedPayload(slack, { where: 'ack', violations: [{ pointer: '/errors', message }] });
    throw new ApiRefusal('invalid_ack');
  }
  return errors;
}
