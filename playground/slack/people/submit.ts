import type { Core } from '../core';
import type { PersonOptions } from '../options';
import type { SlackView } from '../workspace/shapes';
import { controlsOf, isEmpty } from '../workspace/state';
import { type ActOptions, act } from './act';
import type { ActResult } from './act-result';
import { applyAck } from './apply-ack';
import { withValue } from './enter';
import { type Entry, toStateValue } from './fill';
import { NotPossible } from './not-possible';
import { envelope, sentView } from './payloads';
import { findControl, frontView } from './surface-in-sight';

/**
 * The person fills in the given fields (by label, action_id or block_id), leaves the others as they are, and
 * presses the submit button of the view in front.
 */
export async function submit(
  core: Core,
  person: PersonOptions,
  viewId: string,
  entries: Record<string, Entry> = {},
  options: ActOptions = {},
): Promise<ActResult> {
  const view = filledIn(core, person, frontView(core, person, viewId), entries);
  if (!view.submit) throw new NotPossible('no_submit_button', 'This view has no submit button.');
  core.workspace.views.replace(person.id, view);
  checkRequired(view);
  const packet = () => ({
    type: 'interactive' as const,
    payload: {
      type: 'view_submission',
      ...envelope(core, person),
      trigger_id: core.triggers.make({ user: person.id, conversation: undefined, fromModal: true }),
      view: sentView(core, view),
      response_urls: responseUrls(core, person, view),
    },
  });
  return act(core, options, packet, (delivery) => applyAck(core, person, viewId, delivery));
}

function filledIn(core: Core, person: PersonOptions, front: SlackView, entries: Record<string, Entry>) {
  return Object.entries(entries).reduce((view, [what, entry]) => {
    const control = findControl({ kind: 'modal', view }, what);
    return withValue(view, control, toStateValue(core, person, control, entry));
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
function responseUrls(core: Core, person: PersonOptions, view: SlackView) {
  return controlsOf(view.blocks).flatMap(({ block, element }) => {
    const value = view.state.values[block.block_id]?.[element.action_id];
    const chosen = value?.selected_conversation ?? value?.selected_channel;
    if (element.response_url_enabled !== true || typeof chosen !== 'string') return [];
    const responseUrl = core.responseUrls.make({ user: person.id, channel: chosen });
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
