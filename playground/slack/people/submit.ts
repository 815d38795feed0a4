import type { SlackContext } from '../slack-context';
import type { PersonOptions } from '../slack-options';
import type { SlackView } from '../workspace/shapes';
import { controlsOf, isEmpty } from '../workspace/state';
import { type ActOptions, act } from './act';
import type { ActResult } from './act-result';
import { applyAck } from './apply-ack';
import { withValue } from './enter';
import { type Entry, toStateValue } from './fill';
import { NotPossible } from './not-possible';
import { envelope, sentView } from './payloads';
import { findControl, frontView } from './visible-surface';

/**
 * The person fills in the given fields (by label, action_id or block_id), leaves the others as they are, and
 * presses the submit button of the view in front.
 */
export async function submit(
  slack: SlackContext,
  person: PersonOptions,
  viewId: string,
  entries: Record<string, Entry> = {},
  options: ActOptions = {},
): Promise<ActResult> {
  const view = filledIn(slack, person, frontView(slack, person, viewId), entries);
  if (!view.submit) throw new NotPossible('no_submit_button', 'This view has no submit button.');
  slack.workspace.views.replace(person.id, view);
  checkRequired(view);
  const packet = () => ({
    type: 'interactive' as const,
    payload: {
      type: 'view_submission',
      ...envelope(slack, person),
      trigger_id: slack.triggers.make({ user: person.id, conversation: undefined, fromModal: true }),
      view: sentView(slack, view),
      response_urls: responseUrls(slack, person, view),
    },
  });
  return act(slack, options, packet, (delivery) => applyAck(slack, person, viewId, delivery));
}

function filledIn(
  slack: SlackContext,
  person: PersonOptions,
  front: SlackView,
  entries: Record<string, Entry>,
) {
  return Object.entries(entries).reduce((view, [what, entry]) => {
    const control = findControl({ kind: 'modal', view }, what);
    return withValue(view, control, toStateValue(slack, person, control, entry));
  }, front);
}

function checkRequired(view: SlackView): void {
  for (const { block, element } of controlsOf(view.blocks)) {
    const isRequired = block.type === 'input' && !block.optional;
    if (isRequired && isEmpty(view.state.values[block.block_id]?.[element.action_id])) {
      throw new NotPossible('required', `"${block.label.text}" must be filled in.`, block.block_id);
    }
  }
}

/** Selects with `response_url_enabled` let the app answer into the chosen conversation. */
function responseUrls(slack: SlackContext, person: PersonOptions, view: SlackView) {
  return controlsOf(view.blocks).flatMap(({ block, element }) => {
    const value = view.state.values[block.block_id]?.[element.action_id];
    const chosen = value?.selected_conversation ?? value?.selected_channel;
    if (element.response_url_enabled !== true || typeof chosen !== 'string') return [];
    const responseUrl = slack.responseUrls.make({ user: person.id, channel: chosen });
    return [
      {
        block_id: block.block_id,
        action_id: element.action_id,
        channel_id: chosen,
        response_url: responseUrl,
      },
    ];
  });
}
